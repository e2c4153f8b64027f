using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>What resource quotas allow, and how much of it is used.</summary>
internal sealed class Quotas(ObjectStore store)
{
    private readonly KindRegistry _kinds = new(store);

    // What a pod must say of itself when a quota limits it.
    private static readonly string[] Compute =
        ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>Why a new object may not be; null when it may.</summary>
    public string? Refusal(KindDefinition kind, string ns, JsonObject body)
    {
        // The oldest is named first: uids are made in the order of time. Kubernetes leaves the order to chance.
        foreach (var quota in store.List("", "resourcequotas", ns).Where(one => QuotaScope.Covers(one.Body, body))
            .OrderBy(one => one.Uid, StringComparer.Ordinal))
        {
            if (Unsaid(kind, quota, body) is { Length: > 0 } unsaid)
            {
                return $"failed quota: {quota.Key.Name}: must specify {unsaid}";
            }

            if (Exceeded(kind, quota, body) is { } exceeded)
            {
                return exceeded;
            }
        }

        return null;
    }

    /// <summary>How much of each of a quota's resources is used now.</summary>
    public SortedDictionary<string, Amount> Used(StoredObject quota)
    {
        var used = new SortedDictionary<string, Amount>(StringComparer.Ordinal);
        foreach (var (name, _) in quota.Body.Map("spec", "hard"))
        {
            used[name] = Amount.Zero;
        }

        foreach (var kind in _kinds.All.Where(kind => kind.IsNamespaced && kind.Conversion is null && used.Keys.Any(
            name => Concerns(kind, name))))
        {
            foreach (var one in store.List(kind.Group, kind.Plural, quota.Key.Namespace)
                .Where(one => QuotaScope.Covers(quota.Body, one.Body)))
            {
                foreach (var (name, amount) in QuotaCharge.Of(kind, one.Body))
                {
                    if (used.TryGetValue(name, out var present))
                    {
                        used[name] = present + amount;
                    }
                }
            }
        }

        return used;
    }

    /// <summary>True when objects of the kind may count against a resource of that name.</summary>
    public static bool Concerns(KindDefinition kind, string resource) => resource == "count/" + kind.Resource
        || (kind.Group.Length == 0 && kind.Kind switch
        {
            "Pod" => !resource.StartsWith("count/", StringComparison.Ordinal),
            "Service" => resource.StartsWith("services", StringComparison.Ordinal),
            "PersistentVolumeClaim" => resource.EndsWith("storage", StringComparison.Ordinal)
                || resource.EndsWith("persistentvolumeclaims", StringComparison.Ordinal),
            _ => resource == kind.Plural,
        });

    private static string Unsaid(KindDefinition kind, StoredObject quota, JsonObject pod)
    {
        if (kind is not { Group: "", Kind: "Pod" })
        {
            return "";
        }

        var missing = quota.Body.Map("spec", "hard").Select(pair => pair.Key).Where(Compute.Contains)
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Containers: string.Join(
                ',', pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers"))
                    .Where(container => !Says(container, name)).Select(container => container.Text("name")))))
            .Where(one => one.Containers.Length > 0)
            .Select(one => $"{one.name} for: {one.Containers}");
        return string.Join("; ", missing);
    }

    private static bool Says(JsonObject container, string resource)
    {
        var (field, name) = resource.Split('.') is [var left, var right] ? (left, right) : ("requests", resource);
        return container.Text("resources", field, name) is not null;
    }

    private string? Exceeded(KindDefinition kind, StoredObject quota, JsonObject body)
    {
        var charge = QuotaCharge.Of(kind, body);
        var hard = quota.Body.Map("spec", "hard")
            .Where(pair => charge.TryGetValue(pair.Key, out var asked) && !asked.Nano.IsZero)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        if (hard.Count == 0)
        {
            return null;
        }

        var used = Used(quota);
        var over = hard.Where(pair => Amount.Parse(pair.Value) is { } limit
            && (used[pair.Key] + charge[pair.Key]).Nano > limit.Nano).ToList();
        return over.Count == 0 ? null
            : $"exceeded quota: {quota.Key.Name}, "
                + $"requested: {string.Join(',', over.Select(pair => $"{pair.Key}={charge[pair.Key]}"))}, "
                + $"used: {string.Join(',', over.Select(pair => $"{pair.Key}={used[pair.Key]}"))}, "
                + $"limited: {string.Join(',', over.Select(pair => $"{pair.Key}={pair.Value}"))}";
    }
}
