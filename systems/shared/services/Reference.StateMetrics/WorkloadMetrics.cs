using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Reference.Telemetry;

namespace Reference.StateMetrics;

/// <summary>What the API says of deployments, jobs, claims and nodes, named as kube-state-metrics does.</summary>
internal sealed class WorkloadMetrics
{
    private readonly Metric _wanted = Gauge("kube_deployment_spec_replicas", "Pods wanted.", "deployment");
    private readonly Metric _available = Gauge(
        "kube_deployment_status_replicas_available", "Pods available.", "deployment");

    private readonly Metric _updated = Gauge(
        "kube_deployment_status_replicas_updated", "Pods of the newest template.", "deployment");

    private readonly Metric _failed = Gauge("kube_job_status_failed", "Failed pods of a job.", "job_name");
    private readonly Metric _succeeded = Gauge("kube_job_status_succeeded", "Succeeded pods of a job.", "job_name");
    private readonly Metric _completed = Gauge(
        "kube_job_status_completion_time", "When a job was done, in seconds since 1970.", "job_name");

    private readonly Metric _claims = Gauge(
        "kube_persistentvolumeclaim_status_phase", "1 for the phase a claim is in.", "persistentvolumeclaim", "phase");

    private readonly Metric _nodes = new(MetricKind.Gauge, "kube_node_status_condition",
        "1 for what is so.", "node", "condition", "status");

    public ImmutableArray<IMetric> All =>
        [_wanted, _available, _updated, _failed, _succeeded, _completed, _claims, _nodes];

    /// <summary>Forgets the last look; what is gone has no series any more.</summary>
    public void Clear()
    {
        foreach (var metric in All.Cast<Metric>())
        {
            metric.Clear();
        }
    }

    public void ReadDeployments(IEnumerable<JsonObject> deployments)
    {
        foreach (var (one, space, name) in deployments.Select(Named))
        {
            _wanted.Set(one.Number("spec", "replicas"), space, name);
            _available.Set(one.Number("status", "availableReplicas"), space, name);
            _updated.Set(one.Number("status", "updatedReplicas"), space, name);
        }
    }

    public void ReadJobs(IEnumerable<JsonObject> jobs)
    {
        foreach (var (job, space, name) in jobs.Select(Named))
        {
            _failed.Set(job.Number("status", "failed"), space, name);
            _succeeded.Set(job.Number("status", "succeeded"), space, name);
            if (DateTimeOffset.TryParse(job.Text("status", "completionTime"), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var done))
            {
                _completed.Set(done.ToUnixTimeSeconds(), space, name);
            }
        }
    }

    public void ReadClaims(IEnumerable<JsonObject> claims)
    {
        foreach (var (claim, space, name) in claims.Select(Named))
        {
            foreach (var phase in (string[])["Pending", "Bound", "Lost"])
            {
                _claims.Set(claim.Text("status", "phase") == phase ? 1 : 0, space, name, phase);
            }
        }
    }

    public void ReadNodes(IEnumerable<JsonObject> nodes)
    {
        foreach (var (node, _, name) in nodes.Select(Named))
        {
            foreach (var condition in node.Items("status", "conditions"))
            {
                foreach (var status in (string[])["True", "False", "Unknown"])
                {
                    _nodes.Set(condition.Text("status") == status ? 1 : 0,
                        name, condition.Text("type"), status.ToLowerInvariant());
                }
            }
        }
    }

    private static (JsonObject Item, string Namespace, string Name) Named(JsonObject item) =>
        (item, item.Text("metadata", "namespace"), item.Text("metadata", "name"));

    private static Metric Gauge(string name, string help, params string[] labels) =>
        new(MetricKind.Gauge, name, help, ["namespace", .. labels]);
}
