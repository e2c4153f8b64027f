namespace Midwatch.LocalCluster.Faults;

/// <summary>Which injected fault is meant: what is null is not asked.</summary>
/// <param name="Id">As "bad-rollout".</param>
public sealed record FaultChoice(string Id)
{
    /// <summary>Where it was injected.</summary>
    public string? Namespace { get; init; }

    /// <summary>As "deployment/web", or "web" alone.</summary>
    public string? Target { get; init; }

    internal bool Takes(InjectedFault fault) => fault.Id == Id
        && (Namespace is null || fault.Namespace is "" || Namespace == fault.Namespace)
        && (Target is null || Target == fault.Target
            || fault.Target?.EndsWith("/" + Target, StringComparison.Ordinal) == true);
}
