namespace Midwatch.LocalCluster.Faults;

/// <summary>A fault in the place where it was injected: the same one may be injected elsewhere as well.</summary>
/// <param name="Id">As "bad-rollout".</param>
/// <param name="Namespace">Where its actions are done; empty for a node, which is in none.</param>
/// <param name="Target">As "deployment/web"; null for a system's own fault, which names its objects itself.</param>
public sealed record InjectedFault(string Id, string Namespace, string? Target)
{
    /// <summary>When it was injected.</summary>
    public DateTimeOffset InjectedAt { get; init; }

    /// <summary>When it reverts by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The place for people, as "deployment/web in namespace shop".</summary>
    public string Place => (Target, Namespace) switch
    {
        (null, _) => $"namespace {Namespace}",
        (_, "") => Target,
        _ => $"{Target} in namespace {Namespace}",
    };

    /// <summary>The place as options of the command line.</summary>
    public string Options => string.Join(' ', new[] { ("--target", Target), ("--namespace", Namespace) }
        .Where(option => !string.IsNullOrEmpty(option.Item2)).Select(option => $"{option.Item1} {option.Item2}"));

    internal bool IsSame(InjectedFault other) =>
        (Id, Namespace, Target) == (other.Id, other.Namespace, other.Target);
}
