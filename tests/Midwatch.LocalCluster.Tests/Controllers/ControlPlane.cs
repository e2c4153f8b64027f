using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Autoscaling;
using Midwatch.LocalCluster.Controllers.CronJobs;
using Midwatch.LocalCluster.Controllers.DaemonSets;
using Midwatch.LocalCluster.Controllers.Deployments;
using Midwatch.LocalCluster.Controllers.Disruption;
using Midwatch.LocalCluster.Controllers.Endpoints;
using Midwatch.LocalCluster.Controllers.Jobs;
using Midwatch.LocalCluster.Controllers.Namespaces;
using Midwatch.LocalCluster.Controllers.NodeLifecycle;
using Midwatch.LocalCluster.Controllers.ReplicaSets;
using Midwatch.LocalCluster.Controllers.StatefulSets;
using Midwatch.LocalCluster.Controllers.Volumes;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Scheduling;
using Midwatch.Testing;

namespace Midwatch.LocalCluster.Tests.Controllers;

/// <summary>
/// The real store, controllers and scheduler, driven one step at a time on one thread, with a kubelet that does what a
/// test says: which pods become ready. Nothing waits, so a test sees every state that the cluster comes to rest in.
/// </summary>
internal sealed class ControlPlane : IDisposable
{
    private readonly IController[] _controllers;
    private readonly StoreWatch _watch;
    private readonly Queue<(IController Controller, ObjectKey Key)> _work = new();
    private readonly List<(DateTimeOffset Due, IController Controller, ObjectKey Key)> _later = [];

    /// <param name="nodeGrace">How long a node may be silent; by default for ever, as nobody renews its lease
    /// here.</param>
    public ControlPlane(Admission? admission = null, TimeSpan? nodeGrace = null)
    {
        Store = new ObjectStore(Time);
        var writer = new ClusterWriter(Store, new EventRecorder(Store, Time), admission ?? ((_, _) => null), Time);
        _controllers =
        [
            new DeploymentController(writer, Time),
            new ReplicaSetController(writer, Time),
            new StatefulSetController(writer, Time),
            new DaemonSetController(writer, Time),
            new JobController(writer, Time),
            new CronJobController(writer, Time),
            new AutoscalerController(writer, Time, () => Usage),
            new DisruptionController(writer, Time),
            new NodeLifecycleController(writer, Time, nodeGrace ?? TimeSpan.FromDays(1000)),
            new TaintEviction(writer, Time),
            new EndpointsController(writer, Time),
            new NamespaceContents(writer, "PEM"),
            new ClaimController(writer, Time, "/nowhere"),
            new PodScheduler(writer, Time),
        ];
        _watch = Store.Watch(new StoreScope(null, null, null), fromRevision: null);
    }

    public ManualTimeProvider Time { get; } = new();

    public ObjectStore Store { get; }

    /// <summary>Whether a pod becomes ready, by its first container's image.</summary>
    public Func<string, bool> BecomesReady { get; set; } = _ => true;

    /// <summary>What the nodes measure.</summary>
    public ImmutableArray<UsageSample> Usage { get; set; } = [];

    /// <summary>Called at each state between two reconciliations.</summary>
    public Action Watcher { get; set; } = () => { };

    /// <summary>Terminating pods stay until the test lets them go.</summary>
    public bool HoldTerminating { get; set; }

    public void AddNode(string name = "node-1", string cpu = "8", string memory = "16Gi", string spec = "{}") => Create(
        new ObjectKey("", "nodes", null, name),
        $$"""
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "{{name}}", "labels": {"kubernetes.io/hostname": "{{name}}"} },
         "spec": {{spec}}, "status": {"conditions": [{"type": "Ready", "status": "True"}], "allocatable": {"cpu": "{{cpu}}", "memory": "{{memory}}", "pods": "110"} } }
        """);

    public void Create(ObjectKey key, string json) =>
        Assert.IsType<StoreResult.Done>(Store.Create(key, (JsonObject)JsonNode.Parse(json)!));

    public JsonObject Get(ObjectKey key) => Store.Get(key)?.Body ?? throw new KeyNotFoundException(key.ToString());

    public IEnumerable<PodFacts> Pods(string image) =>
        Store.List("", "pods", null).Select(pod => new PodFacts(pod)).Where(pod => Image(pod.Body) == image);

    public IEnumerable<string> Events(string reason) =>
        Store.List("", "events", null).Where(body => body.Body.Text("reason") == reason)
            .OrderBy(found => found.ResourceVersion).Select(found => found.Body.Text("message")!);

    /// <summary>Runs everything until nothing is left to do.</summary>
    public void Settle()
    {
        for (var steps = 0; steps < 5_000; steps++)
        {
            Dispatch();
            Watcher();
            if (_work.TryDequeue(out var next))
            {
                if (next.Controller.Reconcile(next.Key) is { } delay)
                {
                    _later.Add((Time.GetUtcNow() + delay, next.Controller, next.Key));
                }
            }
            else if (!Kubelet())
            {
                return;
            }
        }

        Assert.Fail("the cluster does not come to rest");
    }

    /// <summary>Lets time pass, second by second, and the cluster with it.</summary>
    public void Advance(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            foreach (var due in _later.Where(entry => entry.Due <= Time.GetUtcNow()).ToList())
            {
                _ = _later.Remove(due);
                _work.Enqueue((due.Controller, due.Key));
            }

            Settle();
        }
    }

    public void Dispose() => _watch.Dispose();

    private void Dispatch()
    {
        while (_watch.TryTake(out var change))
        {
            foreach (var controller in _controllers)
            {
                foreach (var key in controller.Affected(change))
                {
                    if (!_work.Contains((controller, key)))
                    {
                        _work.Enqueue((controller, key));
                    }
                }
            }
        }
    }

    /// <summary>One pod goes one step; false when all are where they stay.</summary>
    private bool Kubelet()
    {
        foreach (var pod in Store.List("", "pods", null).Select(stored => new PodFacts(stored)))
        {
            if (pod.IsTerminating && !HoldTerminating)
            {
                // What a finalizer holds has ended, and stays until it is released.
                var before = pod.Source.ResourceVersion;
                if (Store.Delete(pod.Source.Key, new DeleteOptions(GracePeriodSeconds: 0)).Written?.ResourceVersion
                    != before)
                {
                    return true;
                }

                continue;
            }

            if (pod.Node is not null && pod.Phase == "Pending")
            {
                _ = Store.Mutate(pod.Source.Key, body => Start(body, BecomesReady(Image(body))));
                return true;
            }
        }

        return false;
    }

    /// <summary>The pod's container ends for good.</summary>
    public void End(ObjectKey pod, int exitCode)
    {
        _ = Store.Mutate(pod, body =>
        {
            var status = body.Need("status");
            status["phase"] = exitCode == 0 ? "Succeeded" : "Failed";
            status["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["state"] = new JsonObject
                {
                    ["terminated"] = new JsonObject
                    {
                        ["exitCode"] = exitCode,
                        ["finishedAt"] = KubernetesTime.Format(Time.GetUtcNow()),
                    },
                },
            });
        });
        Settle();
    }

    public void SetReady(ObjectKey pod, bool ready) => _ = Store.Mutate(pod, body => Start(body, ready));

    private void Start(JsonObject body, bool ready)
    {
        var status = body.Need("status");
        status["phase"] = "Running";
        status["podIP"] ??= $"127.1.0.{Store.Revision % 250}";
        Conditions.Set(status, Conditions.Make("Ready", ready ? "True" : "False", "", "", Time.GetUtcNow()));
    }

    private static string Image(JsonObject pod) => pod.Items("spec", "containers").First().Text("image") ?? "";
}
