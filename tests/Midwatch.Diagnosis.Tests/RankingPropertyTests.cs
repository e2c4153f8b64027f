using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Tests.Situations;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Tests;

/// <summary>The properties of DESIGN.md, section 4a, point 16.</summary>
public sealed class RankingPropertyTests
{
    private static readonly string[] Names = ["shop-web", "shop-cache", "shop-model"];

    private static readonly Procedure Terse = RunbookTexts.Terse();

    private static readonly Procedure Renamed = RunbookTexts.Terse(Rename);

    private static readonly Action<Situation, string>[] Troubles =
    [
        (situation, name) => situation.CrashLoops(name),
        (situation, name) => situation.CrashLoops(name).RolledOut(name),
        (situation, name) => situation.Hangs(name),
        (situation, name) => situation.CannotPull(name, "unauthorised"),
        (situation, name) => situation.CannotPull(name, "not-found").RolledOut(name),
        (situation, name) => situation.Complains(name, "shop-cache"),
        (situation, name) => situation.See("container-terminated", Situation.Pod(name), "OOMKilled"),
        (situation, name) => situation.See("unschedulable", Situation.Pod(name), "memory"),
        (situation, name) => situation.See("service-answer", new Subject("service", "shop", name), "answers"),
    ];

    private static readonly Gen<(int Name, int Trouble)[]> Plans =
        Gen.Choose(0, Names.Length - 1).Zip(Gen.Choose(0, Troubles.Length - 1)).ArrayOf();

    private static readonly string[] Reads = ["pods", "events", "logs", "rollouts", "endpoints", "workloads",
        "nodes", "service-answers"];

    [Fact]
    public void Less_evidence_never_raises_a_causes_least_score() => Check.One(
        Quick(40), Prop.ForAll(Plans.Zip(Gen.Elements(Reads)).ToArbitrary(), plan =>
        {
            var all = Least(Rank(Build(plan.Item1).Evidence()));
            var less = Least(Rank(Build(plan.Item1).Evidence(plan.Item2)));
            return less.All(cause => cause.Value <= all.GetValueOrDefault(cause.Key)).Label($"without {plan.Item2}");
        }));

    [Fact]
    public void More_support_never_lowers_a_causes_least_score() => Check.One(
        Quick(40), Prop.ForAll(Plans.Zip(Gen.Choose(0, Names.Length - 1)).ToArbitrary(), plan =>
        {
            // A line about an unhandled exception supports that the program crashes, and contradicts nothing.
            var name = Names[plan.Item2];
            var before = Least(Rank(Build(plan.Item1).Evidence()));
            var after = Least(Rank(Build(plan.Item1).See("log", Situation.Pod(name), "", "program-error").Evidence()));
            return before.Where(cause => cause.Key.StartsWith("bad-release", StringComparison.Ordinal)
                    || cause.Key.StartsWith("application-crash", StringComparison.Ordinal))
                .All(cause => cause.Value <= after.GetValueOrDefault(cause.Key));
        }));

    [Fact]
    public void Order_of_observations_changes_nothing() => Check.One(
        Quick(30), Prop.ForAll(Plans.ToArbitrary(), plan =>
        {
            var evidence = Build(plan).Evidence();
            var turned = evidence with
            {
                Observations = [.. evidence.Observations.Reverse()],
                Reads = [.. evidence.Reads.Reverse()],
                Graph = new DependencyGraph([.. evidence.Graph.Nodes.Reverse()], [.. evidence.Graph.Edges.Reverse()]),
            };
            return RankingJson.Write(Rank(evidence), evidence) == RankingJson.Write(Rank(turned), evidence);
        }));

    [Fact]
    public void Order_of_scenarios_changes_nothing() => Check.One(
        Quick(30), Prop.ForAll(Plans.ToArbitrary(), plan =>
        {
            var evidence = Build(plan).Evidence();
            var procedure = Terse;
            var turned = procedure with { Scenarios = [.. procedure.Scenarios.Reverse()] };
            return RankingJson.Write(Rank(evidence, procedure), evidence)
                == RankingJson.Write(Rank(evidence, turned), evidence);
        }));

    [Fact]
    public void A_strangers_trouble_changes_nothing() => Check.One(
        Quick(40), Prop.ForAll(Plans.Zip(Gen.Choose(0, Troubles.Length - 1)).ToArbitrary(), plan =>
        {
            var alone = Build(plan.Item1).Evidence();
            var shop = Build(plan.Item1).AddWorkload("deployment", "stranger", ("component", "stranger"));
            Troubles[plan.Item2](shop, "stranger");
            return RankingJson.Write(Rank(alone), alone) == RankingJson.Write(Rank(shop.Evidence()), alone);
        }));

    [Fact]
    public void Renaming_everything_changes_nothing() => Check.One(
        Quick(30), Prop.ForAll(Plans.ToArbitrary(), plan =>
        {
            var evidence = Build(plan).Evidence();
            var renamed = EvidenceJson.Read(Rename(EvidenceJson.Write(evidence)));
            var other = Assert.IsType<EvidenceReading.Done>(renamed).Evidence;
            var before = RankingJson.Write(Rank(evidence), evidence);
            var after = RankingJson.Write(Rank(other, Renamed), other);
            return Sealed(Rename(before)) == Sealed(after);
        }));

    [Fact]
    public void The_same_evidence_gives_the_same_answer_after_it_was_stored() => Check.One(
        Quick(30), Prop.ForAll(Plans.ToArbitrary(), plan =>
        {
            var evidence = Build(plan).Evidence();
            var stored = Assert.IsType<EvidenceReading.Done>(EvidenceJson.Read(EvidenceJson.Write(evidence))).Evidence;
            return RankingJson.Write(Rank(evidence), evidence) == RankingJson.Write(Rank(stored), stored);
        }));

    private static Config Quick(int tests) => Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(4);

    private static Situation Build((int Name, int Trouble)[] plan)
    {
        var shop = Situation.Shop();
        foreach (var (name, trouble) in plan.Distinct())
        {
            Troubles[trouble](shop, Names[name]);
        }

        return shop;
    }

    private static Ranking Rank(Evidence evidence, Procedure? procedure = null) =>
        Ranker.Rank(procedure ?? Terse, evidence, CauseCatalog.Default(), []);

    private static ImmutableDictionary<string, int> Least(Ranking ranking) =>
        ranking.Causes.ToImmutableDictionary(cause => cause.Key, cause => cause.Lo);

    // New names keep the order of the old: ties are broken by it.
    private static string Rename(string text) => Regex.Replace(
        text.Replace("shop-", "acme-", StringComparison.Ordinal), "\"shop\"|-n shop\\b",
        match => match.Value.Replace("shop", "acme", StringComparison.Ordinal));

    // The seal is of this cluster's objects, so it has to differ.
    private static string Sealed(string json) => Regex.Replace(json, "\"findingsHash\": \"[0-9a-f]+\"", "");
}
