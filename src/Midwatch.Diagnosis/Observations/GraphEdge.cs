namespace Midwatch.Diagnosis.Observations;

/// <summary>One dependency: <paramref name="From"/> needs <paramref name="To"/>.</summary>
/// <param name="Kind"><c>owner</c> (a pod's workload), <c>endpoint</c> (what a Service sends to), <c>host</c>, <c>volume</c>, <c>node</c>, <c>config</c> or <c>runbook</c>.</param>
/// <param name="Why">The field or line that says so.</param>
public sealed record GraphEdge(Subject From, Subject To, string Kind, string Why);
