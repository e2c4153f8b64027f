using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>
/// What other objects of the cluster say about a new one: limit ranges, priority classes, quotas. For the API server
/// and for controllers alike.
/// </summary>
internal sealed class ClusterPolicies(ObjectStore store)
{
    private readonly Quotas _quotas = new(store);

    /// <summary>Fills in what they give, before the object is validated; or says why it may not be.</summary>
    public string? Complete(KindDefinition kind, string? ns, JsonObject body)
    {
        switch (kind.Custom is null ? kind.Kind : "")
        {
            case "LimitRange":
                LimitDefaults.Complete(body);
                return null;
            case "Pod":
                LimitDefaults.Apply(store.List("", "limitranges", ns).Select(one => one.Body), body);
                return Priorities.Apply(store, body);
            default:
                return null;
        }
    }

    /// <summary>Why the finished object may not be; null when it may.</summary>
    public string? Refusal(KindDefinition kind, string? ns, JsonObject body)
    {
        if (ns is null)
        {
            return null;
        }

        return OutsideLimits(kind, ns, body) ?? _quotas.Refusal(kind, ns, body);
    }

    /// <summary>Why an object may not become this; null when it may. Only claims can grow over a limit.</summary>
    public string? RefusalOfChange(KindDefinition kind, string? ns, JsonObject body) =>
        ns is not null && kind is { Custom: null, Kind: "PersistentVolumeClaim" }
            ? OutsideLimits(kind, ns, body) : null;

    private string? OutsideLimits(KindDefinition kind, string ns, JsonObject body)
    {
        var faults = store.List("", "limitranges", ns).SelectMany(one => LimitChecks.Faults(kind, one.Body, body))
            .ToList();
        return faults.Count switch
        {
            0 => null,
            1 => faults[0],
            _ => $"[{string.Join(", ", faults)}]",
        };
    }
}
