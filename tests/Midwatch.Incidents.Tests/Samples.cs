using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Escalations;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Incidents.Tests;

/// <summary>
/// One story told in values: a shop whose front is down after a release, and a scenario that undoes the release.
/// </summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 59, 30, TimeSpan.Zero);

    public static readonly Approver Ada = new("ada", 1000, "laptop");

    public static readonly Approver Bob = new("bob", 1001, "laptop");

    public static readonly ClusterIdentity Cluster = new()
    {
        Server = "https://127.0.0.1:6443", AuthorityHash = "ca01", SystemUid = "uid-kube-system", IsLocal = true,
    };

    public static readonly TargetSnapshot Front = new()
    {
        Kind = "deployment", Namespace = "shop", Name = "front", Uids = ["uid-front"],
        Generation = 4, SpecHash = "spec4",
    };

    public static TargetSnapshot FrontAfter => Front with { Generation = 5, SpecHash = "spec5" };

    public static Alert Alert(
        string name = "FrontDown",
        AlertStatus status = AlertStatus.Firing,
        DateTimeOffset? startsAt = null,
        string place = "shop",
        string pod = "")
    {
        AlertLabel[] labels =
        [
            new("alertname", name), new("namespace", place), new("severity", "critical"),
            .. pod.Length == 0 ? Array.Empty<AlertLabel>() : [new AlertLabel("pod", pod)],
        ];
        return new Alert
        {
            Fingerprint = AlertFingerprint.Of(labels),
            Status = status,
            Labels = AlertFingerprint.Sorted(labels),
            Annotations = [new AlertLabel("summary", "No front answers.")],
            StartsAt = startsAt ?? Start,
            EndsAt = status == AlertStatus.Resolved ? (startsAt ?? Start).AddMinutes(5) : null,
            Generator = "http://127.0.0.1:9090/graph?g0.expr=sum%28up%29+%3D%3D+0",
        };
    }

    public static ProcedureBrief Brief(string id = "front-down") => new()
    {
        RunbookPath = "runbooks/front.md",
        RunbookHash = "0f0f",
        RunbookTitle = "Front down",
        ProcedureId = id,
        Title = "Front down",
        Line = 1,
        Severity = "critical",
        Namespaces = ["shop"],
        Alerts = ["FrontDown"],
        RelatedAlerts = [new NamedText("StoreDown", "May be the cause.")],
        Impact = "Nobody can buy anything.",
        Escalations =
        [
            new EscalationRule(TimeSpan.FromMinutes(15), "attempted-fix", null,
                "It persists after attempted fixes", 90),
            new EscalationRule(null, null, "@shop-oncall", null, 95),
        ],
        FollowUps = [new FollowUp("Write down the root cause", "Afterwards", 110),
            new FollowUp("Add a budget", "Prevention", 60)],
    };

    public static EvidenceReference Evidence(string findings = "findings1") => new()
    {
        Hash = "e1", Path = "incidents/inc-0001/evidence-1.json", FindingsHash = findings, Observations = 12,
        Findings = ["pod/front-1[front]: container-waiting CrashLoopBackOff"], CouldNotTell = ["nodes: denied"],
    };

    public static RankingDigest Ranking(RankingVerdict verdict = RankingVerdict.Act, string? chosen = "s1") => new()
    {
        Verdict = verdict,
        Reason = "The cause is bad-release.",
        Chosen = chosen,
        Causes = [new CauseDigest("A bad release", "deployment/front", 88, 92, ["deployment/front: unready"])],
        Scenarios =
        [
            new ScenarioDigest
            {
                Id = "s1", Heading = "Scenario 1: crash loop", Line = 30, Low = 88, High = 92,
                For = ["The containers crash (line 12)"], Against = [], Missing = ["nodes"],
                Checks = ["Condition \"if recent deployment\" (line 33): True. Released 2 minutes before."],
            },
            new ScenarioDigest
            {
                Id = "s2", Heading = "Scenario 2: store", Line = 40, Low = 0, High = 10,
                For = [], Against = ["The store answers"], Missing = [], Checks = [],
            },
        ],
        Missing = verdict == RankingVerdict.Separate ? ["logs of the previous container"] : [],
        SeparatingReads = verdict == RankingVerdict.Separate ? ["logs of the previous container"] : [],
        Path = "incidents/inc-0001/ranking-1.json",
    };

    public static CommandRecord Record(
        string id, CommandEnd end = CommandEnd.Succeeded, Phase phase = Phase.Diagnose,
        Effect effect = Effect.Read) => new()
    {
        Id = id, Phase = phase, StepTitle = "Check pods", Text = $"kubectl get pods -n shop # {id}",
        Line = 12, Column = 1,
        Effect = effect, End = end, ExitCode = end == CommandEnd.Succeeded ? 0 : 1, StartedAt = Start,
        Took = TimeSpan.FromMilliseconds(120), Output = "front-1  0/1  CrashLoopBackOff",
    };

    public static PlannedCommand Command(
        string id, Effect effect, Marks marks = Marks.None, bool idempotent = false, bool inScope = true) => new()
    {
        Id = id,
        StepId = "step1",
        StepTitle = "Undo the release",
        Text = effect == Effect.Read
            ? "kubectl rollout history deployment/front -n shop"
            : "kubectl rollout undo deployment/front -n shop",
        Line = 34,
        Column = 1,
        Effect = effect,
        Marks = marks,
        Action = effect == Effect.Read ? null : "undo-rollout",
        ArgumentVectors = [["kubectl", "rollout", effect == Effect.Read ? "history" : "undo",
            "deployment/front", "-n", "shop"]],
        Targets = effect == Effect.Read ? [] : [Front],
        Namespace = "shop",
        IsInScope = inScope,
        IsIdempotent = idempotent,
        Inverse = effect == Effect.Read ? null : "kubectl rollout undo deployment/front -n shop --to-revision=4",
    };

    public static PlanDraft Draft(params PlannedCommand[] commands) => new()
    {
        ScenarioId = "s1",
        Heading = "Scenario 1: crash loop",
        Line = 30,
        Cluster = Cluster,
        FindingsHash = "findings1",
        Commands = commands.Length > 0
            ? [.. commands]
            : [Command("c1", Effect.Read), Command("c2", Effect.Change, Marks.Disrupts), Command("c3", Effect.Read)],
        LeftOut = [new LeftOutCommand("c9", "kubectl delete pod x", 39, "It belongs to another branch.")],
        HumanSteps = [new HumanStep("step9", "Tell the team", "Tell the team in the channel.", 38, [])],
        Questions = [],
        Verification = [Command("c20", Effect.Read)],
    };

    public static Plan Plan(DateTimeOffset now, params PlannedCommand[] commands) =>
        Planner.Compose(Draft(commands), ActingPolicy.Default, new Restraint(), now);

    public static Sighting Seen(params TargetSnapshot[] targets) =>
        new(Cluster, targets.Length > 0 ? [.. targets] : [Front], "findings1");

    public static ActionOutcome Outcome(CommandEnd end = CommandEnd.Succeeded) =>
        new(Record("c2", end, Phase.Resolve, Effect.Change), [FrontAfter]);

    public static CheckResult Check(string id, CheckVerdict verdict) => new(id, $"Check {id}", verdict, "As seen.", 70);

    /// <summary>A state to which the commands have led, one a second.</summary>
    public static IncidentState After(params IncidentCommand[] commands)
    {
        var (state, _) = Run(commands);
        return state;
    }

    public static (IncidentState State, ImmutableArray<IncidentEvent> Events) Run(params IncidentCommand[] commands)
    {
        var state = IncidentState.Initial;
        var happened = ImmutableArray.CreateBuilder<IncidentEvent>();
        var now = Start;
        foreach (var command in commands)
        {
            now = now.AddSeconds(1);
            var events = Assert.IsType<Decision.Accepted>(Incident.Decide(state, command, new Restraint(), now)).Events;
            happened.AddRange(events);
            state = events.Aggregate(state, Incident.Evolve);
        }

        return (state, happened.ToImmutable());
    }

    /// <summary>The commands up to a plan that waits for an approval.</summary>
    public static ImmutableArray<IncidentCommand> UpToPlan(params PlannedCommand[] commands) =>
    [
        new IncidentCommand.Open(Alert(), Brief(), "runbooks/front.md:3 names the alert 'FrontDown'."),
        new IncidentCommand.BindCluster(Cluster),
        new IncidentCommand.StartDiagnosis([]),
        new IncidentCommand.RecordCommand(Record("c0")),
        new IncidentCommand.RecordRanking(Evidence(), Ranking()),
        new IncidentCommand.ProposePlan(Plan(Start, commands)),
    ];

    /// <summary>The whole story up to the end.</summary>
    public static ImmutableArray<IncidentCommand> WholeStory()
    {
        var seal = Plan(Start).Seal.Hash;
        return
        [
            .. UpToPlan(),
            new IncidentCommand.Approve(seal, Ada, ApprovalMethod.Terminal),
            new IncidentCommand.FinishRead(Record("c1", phase: Phase.Resolve)),
            new IncidentCommand.IntendAction("c2", Seen(), 0),
            new IncidentCommand.FinishAction("a1", Outcome()),
            new IncidentCommand.FinishRead(Record("c3", phase: Phase.Resolve)),
            new IncidentCommand.StartVerification(),
            new IncidentCommand.RecordChecks([Check("ready", CheckVerdict.Unmet)], Complete: true),
            new IncidentCommand.TakeAlert(Alert(status: AlertStatus.Resolved), AlertRole.Opening, "It is its alert."),
            new IncidentCommand.RecordChecks([Check("ready", CheckVerdict.Met)], Complete: true),
        ];
    }
}
