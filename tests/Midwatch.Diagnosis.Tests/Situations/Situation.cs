using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Tests.Situations;

/// <summary>
/// Writes evidence as the inspector would take it from a cluster, by what is wrong with each workload.
/// </summary>
internal sealed class Situation
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private static readonly string[] ReadKinds =
        ["pods", "events", "workloads", "rollouts", "services", "endpoints", "config", "claims", "quotas",
            "service-answers", "logs"];

    private readonly List<Observation> _observations = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphEdge> _edges = [];
    private readonly HashSet<(string, Subject)> _well = [];

    public Truth Expression { get; set; } = Truth.True;

    /// <summary>The shop, all well: web needs cache and model; workers need the cache.</summary>
    public static Situation Shop()
    {
        var shop = new Situation();
        shop.AddWorkload("deployment", "shop-web", ("component", "web"));
        shop.AddWorkload("statefulset", "shop-cache", ("name", "cache"));
        shop.AddWorkload("deployment", "shop-model", ("component", "model"));
        shop.AddWorkload("deployment", "shop-worker", ("component", "worker"));
        foreach (var (from, to) in new[] { ("shop-web", "shop-cache"), ("shop-web", "shop-model"),
            ("shop-worker", "shop-cache") })
        {
            shop._edges.Add(new GraphEdge(Workload(from), new Subject("service", "shop", to), GraphEdge.Host, "env"));
        }

        return shop;
    }

    public static Subject Workload(string name) =>
        new(name == "shop-cache" ? "statefulset" : "deployment", "shop", name);

    public static Subject Pod(string workload) => new("pod", "shop", $"{workload}-0");

    public Situation AddWorkload(string kind, string name, params (string Key, string Value)[] labels)
    {
        var map = labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value);
        var workload = new Subject(kind, "shop", name);
        var service = new Subject("service", "shop", name);
        _nodes.AddRange(new GraphNode(workload, map, map), new GraphNode(Pod(name), map, None),
            new GraphNode(service, None, None));
        _edges.AddRange(
            new GraphEdge(Pod(name), workload, GraphEdge.Owner, ""),
            new GraphEdge(service, workload, GraphEdge.Endpoint, ""),
            new GraphEdge(Pod(name), new Subject("node", null, "node-1"), GraphEdge.Node, ""));
        See("replicas", workload, "2");
        See("workload-scale", workload, "some");
        _well.Add((name, workload));
        return this;
    }

    /// <summary>Takes down an observation; whether it is a finding is the list's to say.</summary>
    public Situation See(
        string type, Subject subject, string value, string key = "", DateTimeOffset? since = null, string detail = "")
    {
        _observations.Add(new Observation
        {
            Type = type,
            Subject = subject,
            Key = key,
            Value = value,
            Detail = detail,
            TakenAt = Now,
            Since = since,
            Source = "test",
            IsFinding = ObservationTypes.Default.IsFinding(type, type == "event" ? key : value),
        });
        return this;
    }

    public Situation CrashLoops(string name, int minutesAgo = 2)
    {
        Unready(name, "Running", minutesAgo);
        var container = Pod(name) with { Container = "main" };
        return See("crash-loop", container, "", since: Now.AddMinutes(-minutesAgo))
            .See("container-waiting", container, "CrashLoopBackOff").See("container-terminated", container, "Error")
            .See("exit-code", container, "1").See("event", Pod(name), "", "BackOff").See("restarts", Pod(name), "many");
    }

    public Situation RolledOut(string name, int minutesAgo = 3) =>
        See("rollout", Workload(name), "2", since: Now.AddMinutes(-minutesAgo),
            detail: "revision 2: web:1 became web:2");

    public Situation Hangs(string name)
    {
        Unready(name, "Running", 3);
        return See("probe-failure", Pod(name), "timeout", "readiness").See("restarts", Pod(name), "none");
    }

    public Situation CannotPull(string name, string why)
    {
        Unready(name, "Pending", 3);
        var container = Pod(name) with { Container = "main" };
        return See("container-waiting", container, "ImagePullBackOff").See("pull-failure", container, why)
            .See("event", Pod(name), "", "Failed").See("restarts", Pod(name), "none");
    }

    public Situation Complains(string name, string about) =>
        See("log", Pod(name) with { Container = "main" }, $"service/{about}", "connection-refused",
            detail: $"connect {about}: Connection refused");

    public Situation Unready(string name, string phase, int minutesAgo)
    {
        _well.RemoveWhere(one => one.Item1 == name);
        return See("pod-phase", Pod(name), phase)
            .See("pod-ready", Pod(name), "false", since: Now.AddMinutes(-minutesAgo))
            .See("workload-ready", Workload(name), "none")
            .See("service-endpoints", new Subject("service", "shop", name), "none");
    }

    public Evidence Evidence(params string[] unread)
    {
        foreach (var (name, workload) in _well)
        {
            See("pod-phase", Pod(name), "Running").See("pod-ready", Pod(name), "true")
                .See("workload-ready", workload, "all")
                .See("service-endpoints", new Subject("service", "shop", name), "ready")
                .See("restarts", Pod(name), "none");
        }

        _well.Clear();
        return new Evidence
        {
            RunbookPath = "web.md",
            RunbookText = "# Web\n",
            RunbookHash = "00",
            ProcedureId = "alert",
            AlertLabels = ImmutableSortedDictionary<string, string>.Empty,
            AlertStartsAt = Now.AddMinutes(-1),
            AlertExpression = Expression,
            TakenAt = Now,
            Observations = [
                .. _observations.Where(one => !unread.Contains(ObservationTypes.Default.Find(one.Type)!.Read))],
            Reads =
            [
                .. ReadKinds.Select(read => new ReadRecord(
                    read, "shop", null, $"GET {read}", unread.Contains(read) ? ReadOutcome.Denied : ReadOutcome.Made,
                    unread.Contains(read) ? "forbidden" : null)),
                new ReadRecord("nodes", null, null, "GET nodes",
                    unread.Contains("nodes") ? ReadOutcome.Denied : ReadOutcome.Made, null),
            ],
            Graph = new DependencyGraph([.. _nodes], [.. _edges]),
            CommandOutputs = [],
        };
    }

    private static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary<string, string>.Empty;
}
