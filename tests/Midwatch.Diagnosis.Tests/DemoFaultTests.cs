using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Diagnosis.Tests.Situations;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Tests;

/// <summary>Each kind of trouble leads to its scenario, in two runbooks that say the same in different words.</summary>
public sealed class DemoFaultTests
{
    public static TheoryData<string> Wordings => ["terse", "wordy"];

    [Theory, MemberData(nameof(Wordings))]
    public void A_bad_release_is_rolled_back(string wording)
    {
        var ranking = Rank(wording, Situation.Shop().CrashLoops("shop-web").RolledOut("shop-web"));

        var act = Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.Equal("bad-release", act.Cause);
        Assert.Equal(Situation.Workload("shop-web"), Assert.Single(act.Subjects));
        Assert.Equal(["undo-rollout"], KeptActions(ranking));
        Assert.Equal(100, ranking.Coverage);
    }

    [Theory, MemberData(nameof(Wordings))]
    public void A_cache_that_hangs_is_restarted_and_nothing_else_is(string wording)
    {
        var situation = Situation.Shop().Hangs("shop-cache").CrashLoops("shop-web").Complains("shop-web", "shop-cache");
        var ranking = Rank(wording, situation);

        var act = Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.Equal("unresponsive", act.Cause);
        Assert.Equal(Situation.Workload("shop-cache"), Assert.Single(act.Subjects));
        Assert.Equal(["restart"], KeptActions(ranking));
        var crash = ranking.Causes.FirstOrDefault(cause => cause.Cause == "application-crash");
        Assert.True(crash is null || crash.Lo < 60, "the crash loop is explained by the cache");
    }

    [Fact]
    public void The_branch_for_the_model_is_left_out_with_its_log_when_the_cache_hangs()
    {
        var ranking = Rank("terse",
            Situation.Shop().Hangs("shop-cache").CrashLoops("shop-web").Complains("shop-web", "shop-cache"));

        var first = ranking.Scenarios[0];
        Assert.Equal("Cache/Model Unavailable", first.Title);
        Assert.Equal([true, true, false, false], first.Branches.Select(branch => branch.Kept));
        Assert.Contains("deployment/shop-model", first.Branches[2].Why, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Wordings))]
    public void A_missing_pull_secret_is_restored(string wording)
    {
        var ranking = Rank(wording, Situation.Shop().CannotPull("shop-web", "unauthorised"));

        var act = Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.Equal("pull-unauthorised", act.Cause);
        Assert.Contains("restore-secret", KeptActions(ranking));
    }

    [Theory, MemberData(nameof(Wordings))]
    public void A_tag_that_does_not_exist_is_the_pull_scenarios_family_and_nothing_is_done(string wording)
    {
        var ranking = Rank(wording, Situation.Shop().CannotPull("shop-web", "not-found").RolledOut("shop-web"));

        var family = Assert.IsType<Decision.Family>(ranking.Decision);
        Assert.Equal("image-not-found", family.Cause);
        Assert.Contains("another login does not make one", family.Because, StringComparison.Ordinal);
        Assert.Equal(family.Scenario, ranking.Scenarios[0].Id);
    }

    [Theory, MemberData(nameof(Wordings))]
    public void A_crash_without_a_release_is_not_rolled_back(string wording)
    {
        var ranking = Rank(wording, Situation.Shop().CrashLoops("shop-web"));

        Assert.IsNotType<Decision.Act>(ranking.Decision);
    }

    [Theory, MemberData(nameof(Wordings))]
    public void Nothing_is_done_where_nothing_is_wrong(string wording)
    {
        var situation = Situation.Shop();
        situation.Expression = Truth.False;

        Assert.IsType<Decision.NoFault>(Rank(wording, situation).Decision);
    }

    [Fact]
    public void An_alert_that_holds_without_any_symptom_is_not_called_well() =>
        Assert.IsType<Decision.Abstain>(Rank("terse", Situation.Shop()).Decision);

    [Theory, MemberData(nameof(Wordings))]
    public void A_broken_stranger_changes_nothing(string wording)
    {
        var alone = Rank(wording, Situation.Shop().CrashLoops("shop-web").RolledOut("shop-web"));
        var beside = Situation.Shop().AddWorkload("deployment", "stranger", ("component", "stranger"))
            .CrashLoops("shop-web").RolledOut("shop-web").CannotPull("stranger", "unauthorised");

        var evidence = beside.Evidence();
        Assert.Equal(RankingJson.Write(alone, evidence), RankingJson.Write(Rank(wording, beside), evidence));
    }

    [Fact]
    public void A_release_on_top_of_a_hanging_cache_is_not_blamed()
    {
        var situation = Situation.Shop().Hangs("shop-cache").CrashLoops("shop-web").RolledOut("shop-web")
            .Complains("shop-web", "shop-cache");
        var ranking = Rank("terse", situation);

        Assert.Equal("unresponsive", Assert.IsType<Decision.Act>(ranking.Decision).Cause);
    }

    [Fact]
    public void A_word_said_of_what_others_need_is_no_case_for_the_one_that_only_its_service_needs()
    {
        // "missing" and "failure" are said of dependencies; a Service in front of the broken workload makes it none.
        var evidence = Situation.Shop().CrashLoops("shop-web").RolledOut("shop-web").Evidence();
        var ranking = Ranker.Rank(RunbookTexts.WithGenericTitle(), evidence, CauseCatalog.Default(), []);

        Assert.Equal("Pods CrashLooping (Application Error)", ranking.Scenarios[0].Title);
        Assert.Equal(0, ranking.Scenarios.Single(each => each.Title == "Missing Item").Hi);
    }

    [Fact]
    public void A_scenario_that_failed_before_is_not_tried_again()
    {
        var evidence = Situation.Shop().CrashLoops("shop-web").RolledOut("shop-web").Evidence();
        var ranking = Ranker.Rank(RunbookTexts.Terse(), evidence, CauseCatalog.Default(), ["scenario-1"]);

        Assert.IsNotType<Decision.Act>(ranking.Decision);
        Assert.True(ranking.Scenarios[^1].StruckOut);
    }

    [Fact]
    public void A_denied_read_of_rollouts_is_missing_and_keeps_from_acting()
    {
        var evidence = Situation.Shop().CrashLoops("shop-web").RolledOut("shop-web").Evidence("rollouts");
        var ranking = Ranker.Rank(RunbookTexts.Terse(), evidence, CauseCatalog.Default(), []);

        Assert.IsNotType<Decision.Act>(ranking.Decision);
        Assert.Contains(ranking.Scenarios[0].Missing,
            reason => reason.Text.Contains("GET rollouts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_condition_that_nobody_can_compute_is_asked_of_a_person()
    {
        var procedure = new ProcedureWriter()
            .Diagnose("Pods", "kubectl get pods -n shop -l component=web")
            .Scenario("Pods crash after a bad release", null,
                ("kubectl rollout undo deployment/shop-web -n shop", "if the release manager agrees", null))
            .Write();
        var ranking = Ranker.Rank(
            procedure, Situation.Shop().CrashLoops("shop-web").RolledOut("shop-web").Evidence(),
            CauseCatalog.Default(), []);

        var ask = Assert.IsType<Decision.Ask>(ranking.Decision);
        Assert.Equal("if the release manager agrees", Assert.Single(ask.Questions).Text);
    }

    internal static Ranking Rank(string wording, Situation situation) => Ranker.Rank(
        Runbook(wording), situation.Evidence(), CauseCatalog.Default(), []);

    internal static Procedure Runbook(string wording) =>
        wording == "terse" ? RunbookTexts.Terse() : RunbookTexts.Wordy();

    private static string[] KeptActions(Ranking ranking)
    {
        var chosen = ranking.Scenarios.Single(one => one.Id == ((Decision.Act)ranking.Decision).Scenario);
        return
        [
            .. chosen.HelpChecks.Where(check => check.Help == Help.Helps
                && chosen.Branches.Any(branch => branch.Kept && branch.CommandId == check.CommandId))
                    .Select(check => check.Action!),
        ];
    }
}
