namespace Midwatch.Diagnosis.Observations;

/// <summary>One dependency: <paramref name="From"/> needs <paramref name="To"/>.</summary>
/// <param name="Kind"><c>owner</c> (a pod's workload), <c>endpoint</c> (what a Service sends to), <c>host</c>,
/// <c>volume</c>, <c>node</c>, <c>config</c> or <c>runbook</c>.</param>
/// <param name="Why">The field or line that says so.</param>
public sealed record GraphEdge(Subject From, Subject To, string Kind, string Why)
{
    /// <summary>A pod is part of its workload.</summary>
    public const string Owner = "owner";

    /// <summary>A Service sends to a workload.</summary>
    public const string Endpoint = "endpoint";

    /// <summary>A workload is told a host name.</summary>
    public const string Host = "host";

    /// <summary>A pod mounts it.</summary>
    public const string Volume = "volume";

    /// <summary>A pod runs on it.</summary>
    public const string Node = "node";

    /// <summary>A pod is configured from it.</summary>
    public const string Config = "config";

    /// <summary>The runbook says so.</summary>
    public const string Runbook = "runbook";
}
