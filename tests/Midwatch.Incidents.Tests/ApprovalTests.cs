using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Policies;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Tests;

public sealed class ApprovalTests
{
    private static readonly DateTimeOffset Now = Samples.Start.AddSeconds(30);

    [Fact]
    public void One_approval_of_the_sealed_plan_lets_it_act()
    {
        var state = Approved(Samples.Command("c2", Effect.Change));
        Assert.Equal(IncidentStage.Acting, state.Stage);
        var happened = Assert.IsType<IncidentEvent.ActionIntended>(Assert.Single(Intend(state, Samples.Seen())));
        Assert.Equal("c2", happened.Intent.CommandId);
    }

    [Fact]
    public void Without_an_approval_nothing_is_started() =>
        Assert.IsType<Decision.Refused>(Decide(Pending(), new IncidentCommand.IntendAction("c2", Samples.Seen(), 0)));

    [Fact]
    public void An_approval_under_another_seal_is_refused() =>
        Assert.Contains("is not the one that waits", Refused(Pending(), Approve("feed")), StringComparison.Ordinal);

    [Fact]
    public void One_person_never_gives_two_approvals()
    {
        var state = Pending(Samples.Command("c2", Effect.Destroy));
        var seal = Seal(state);
        state = Apply(state, Approve(seal));
        Assert.Equal(IncidentStage.AwaitingApproval, state.Stage);

        var renamed = Samples.Ada with { User = "ada2" };
        Assert.Contains(
            "never gives two",
            Refused(state, new IncidentCommand.Approve(seal, renamed, ApprovalMethod.Terminal)),
            StringComparison.Ordinal);
        Assert.Equal(
            IncidentStage.Acting,
            Apply(state, new IncidentCommand.Approve(seal, Samples.Bob, ApprovalMethod.Terminal)).Stage);
    }

    [Theory]
    [InlineData(Effect.Destroy)]
    [InlineData(Effect.Unknown)]
    public void The_yes_option_answers_for_change_only(Effect effect)
    {
        var state = Pending(Samples.Command("c2", effect));
        Assert.Contains(
            "for 'change' only",
            Refused(state, new IncidentCommand.Approve(Seal(state), Samples.Ada, ApprovalMethod.YesOption)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_yes_option_answers_on_the_local_cluster_only()
    {
        var elsewhere = Samples.Cluster with { IsLocal = false };
        var plan = Planner.Compose(
            Samples.Draft() with { Cluster = elsewhere }, ActingPolicy.Default, new Restraint(), Samples.Start);
        var state = Samples.After(
            [.. Samples.UpToPlan()[..5].SetItem(1, new IncidentCommand.BindCluster(elsewhere)),
            new IncidentCommand.ProposePlan(plan)]);
        Assert.Contains(
            "on the local cluster only",
            Refused(state, new IncidentCommand.Approve(Seal(state), Samples.Ada, ApprovalMethod.YesOption)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_yes_option_does_not_answer_a_question_of_the_runbook()
    {
        var plan = Planner.Compose(
            Samples.Draft() with { Questions = ["if the customer agrees"] },
            ActingPolicy.Default,
            new Restraint(),
            Samples.Start);
        var state = Samples.After([.. Samples.UpToPlan()[..5], new IncidentCommand.ProposePlan(plan)]);
        Assert.Contains(
            "if the customer agrees",
            Refused(state, new IncidentCommand.Approve(Seal(state), Samples.Ada, ApprovalMethod.YesOption)),
            StringComparison.Ordinal);
        Assert.Equal(IncidentStage.Acting, Apply(state, Approve(Seal(state))).Stage);
    }

    [Fact]
    public void An_expired_plan_cannot_be_approved()
    {
        var state = Pending();
        var late = Samples.Start.AddMinutes(15);
        Assert.IsType<Decision.Refused>(Incident.Decide(state, Approve(Seal(state)), new Restraint(), late));
        var expired = Assert.IsType<Decision.Accepted>(
            Incident.Decide(state, new IncidentCommand.ExpireApproval(), new Restraint(), late));
        Assert.IsType<IncidentEvent.ApprovalExpired>(Assert.Single(expired.Events));
    }

    [Fact]
    public void An_approval_that_has_expired_before_acting_is_void() =>
        AssertVoid(Approved(), Samples.Seen(), "has expired", Samples.Start.AddMinutes(15));

    public static TheoryData<string, string> Drifts() => new()
    {
        { "cluster", "another one" }, { "gone", "another object" }, { "uid", "another object" },
        { "generation", "generation 5" }, { "spec", "spec of" }, { "findings", "findings" },
        { "unseen", "could not be looked at" },
    };

    [Theory, MemberData(nameof(Drifts))]
    public void Any_change_of_what_was_sealed_voids_the_approval(string drift, string reason)
    {
        var seen = drift switch
        {
            "cluster" => Samples.Seen() with { Cluster = Samples.Cluster with { SystemUid = "other" } },
            "gone" => Samples.Seen(Samples.Front with { Uids = [], Generation = null, SpecHash = string.Empty }),
            "uid" => Samples.Seen(Samples.Front with { Uids = ["other"] }),
            "generation" => Samples.Seen(Samples.FrontAfter),
            "spec" => Samples.Seen(Samples.Front with { SpecHash = "other" }),
            "findings" => Samples.Seen() with { FindingsHash = "other" },
            _ => new Sighting(Samples.Cluster, []),
        };
        AssertVoid(Approved(Samples.Command("c2", Effect.Change)), seen, reason, Now);
    }

    [Fact]
    public void A_set_of_objects_that_matches_others_than_approved_is_drift()
    {
        var set = new TargetSnapshot
        {
            Kind = "pod",
            Namespace = "shop",
            Selector = "app=front",
            Uids = ["a", "b"],
            SpecHash = "s",
        };
        var command = Samples.Command("c2", Effect.Change) with { Targets = [set] };
        AssertVoid(
            Approved(command), Samples.Seen(set with { Uids = ["a", "c"] }), "matches other objects", Now);
    }

    [Fact]
    public void Nothing_is_done_for_an_alert_that_has_resolved()
    {
        var state = Apply(
            Approved(Samples.Command("c2", Effect.Change)),
            new IncidentCommand.TakeAlert(
                Samples.Alert(status: Alerts.AlertStatus.Resolved), AlertRole.Opening, "It is its alert."));
        AssertVoid(state, Samples.Seen(), "nothing is done for it", Now);
    }

    [Fact]
    public void After_a_void_the_incident_is_looked_at_anew_and_the_second_time_strikes_out()
    {
        var state = Approved(Samples.Command("c2", Effect.Change));
        var drifted = Samples.Seen(Samples.FrontAfter);
        state = Intend(state, drifted).Aggregate(state, Incident.Evolve);
        Assert.IsType<Duty.Diagnose>(Incident.NextDuty(state, new Restraint(), Now));
        Assert.Empty(state.StruckOut);

        state = Apply(state, new IncidentCommand.StartDiagnosis([]));
        state = Apply(state, new IncidentCommand.RecordRanking(Samples.Evidence(), Samples.Ranking()));
        var plan = Samples.Plan(Now, Samples.Command("c2", Effect.Change));
        state = Apply(state, new IncidentCommand.ProposePlan(plan));
        state = Apply(state, Approve(plan.Seal.Hash));
        state = Intend(state, drifted).Aggregate(state, Incident.Evolve);
        Assert.Equal(["s1"], state.StruckOut);
    }

    [Fact]
    public void The_sixth_acting_command_within_an_hour_is_a_persons()
    {
        var decision = Decide(
            Approved(Samples.Command("c2", Effect.Change)), new IncidentCommand.IntendAction("c2", Samples.Seen(), 5));
        var over =
            Assert.IsType<IncidentEvent.HandedOver>(Assert.Single(Assert.IsType<Decision.Accepted>(decision).Events));
        Assert.Contains("5 acting commands", over.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_with_a_refused_command_runs_nothing_and_tells_line_and_column()
    {
        var refused = Samples.Command("c2", Effect.Change) with
        {
            Refusals = [new Refusal("<account-id> is unbound.", 172, 22), new Refusal("aws is not installed.", 171, 1)],
        };
        var (state, events) = Samples.Run([.. Samples.UpToPlan(Samples.Command("c1", Effect.Read), refused)]);
        Assert.Equal(IncidentStage.HandedOver, state.Stage);
        Assert.Empty(events.OfType<IncidentEvent.ApprovalAsked>());
        Assert.Equal(2, Assert.Single(events.OfType<IncidentEvent.ActionRefused>()).Refusals.Length);
    }

    [Fact]
    public void A_change_of_any_sealed_part_changes_the_seal()
    {
        var draft = Samples.Draft();
        var seal = Hash(draft);
        Assert.Equal(seal, Hash(Samples.Draft()));
        var command = draft.Commands[1];
        PlanDraft[] others =
        [
            draft with { Cluster = draft.Cluster with { Server = "https://other" } },
            draft with { FindingsHash = "other" },
            draft with
            {
                Commands = [draft.Commands[0], command with { ArgumentVectors = [["kubectl", "rollout undo"]] }],
            },
            draft with { Commands = draft.Commands.SetItem(1, command with { Targets = [Samples.FrontAfter] }) },
            draft with { Verification = [] },
            draft with { Questions = ["really?"] },
        ];
        Assert.Equal(others.Length + 1, others.Select(Hash).Append(seal).Distinct().Count());
    }

    private static string Hash(PlanDraft draft) =>
        Planner.Compose(draft, ActingPolicy.Default, new Restraint(), Samples.Start).Seal.Hash;

    private static IncidentState Pending(params PlannedCommand[] commands) =>
        Samples.After([.. Samples.UpToPlan(commands.Length > 0 ? commands : [Samples.Command("c2", Effect.Change)])]);

    private static IncidentState Approved(params PlannedCommand[] commands)
    {
        var state = Pending(commands);
        return Apply(state, Approve(Seal(state)));
    }

    private static string Seal(IncidentState state) => state.Plan?.Seal.Hash ?? string.Empty;

    private static IncidentCommand.Approve Approve(string seal) => new(seal, Samples.Ada, ApprovalMethod.Terminal);

    private static Decision Decide(IncidentState state, IncidentCommand command) =>
        Incident.Decide(state, command, new Restraint(), Now);

    private static string Refused(IncidentState state, IncidentCommand command) =>
        Assert.IsType<Decision.Refused>(Decide(state, command)).Reason;

    private static IncidentState Apply(IncidentState state, IncidentCommand command) =>
        Assert.IsType<Decision.Accepted>(Decide(state, command)).Events.Aggregate(state, Incident.Evolve);

    private static System.Collections.Immutable.ImmutableArray<IncidentEvent> Intend(
        IncidentState state, Sighting seen) =>
        Assert.IsType<Decision.Accepted>(Decide(state, new IncidentCommand.IntendAction("c2", seen, 0))).Events;

    private static void AssertVoid(IncidentState state, Sighting seen, string reason, DateTimeOffset now)
    {
        var command = new IncidentCommand.IntendAction("c2", seen, 0);
        var events = Assert.IsType<Decision.Accepted>(Incident.Decide(state, command, new Restraint(), now)).Events;
        var voided = Assert.IsType<IncidentEvent.ApprovalVoided>(events[0]);
        Assert.Contains(voided.Reasons, each => each.Contains(reason, StringComparison.Ordinal));
        Assert.DoesNotContain(events, each => each is IncidentEvent.ActionIntended);
    }
}
