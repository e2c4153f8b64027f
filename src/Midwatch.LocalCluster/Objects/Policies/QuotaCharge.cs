using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>What one object counts against quotas, by the names that quotas use.</summary>
internal static class QuotaCharge
{
    // Resources whose plural alone is a quota's name.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps",
        "persistentvolumeclaims",
    };

    public static Dictionary<string, Amount> Of(KindDefinition kind, JsonObject body)
    {
        var charge = new Dictionary<string, Amount>(StringComparer.Ordinal) { ["count/" + kind.Resource] = Amount.One };
        if (kind.Group.Length == 0 && Plain.Contains(kind.Plural) && !IsOver(body))
        {
            charge[kind.Plural] = Amount.One;
        }

        switch (kind)
        {
            case { Group: "", Kind: "Pod" } when !IsOver(body):
                ChargePod(charge, body);
                break;
            case { Group: "", Kind: "Service" }:
                ChargeService(charge, body);
                break;
            case { Group: "", Kind: "PersistentVolumeClaim" }:
                ChargeClaim(charge, body);
                break;
        }

        return charge;
    }

    /// <summary>True for a pod that has ended: it uses nothing any more.</summary>
    private static bool IsOver(JsonObject body) => body.Text("kind") == "Pod"
        && body.Text("status", "phase") is "Succeeded" or "Failed";

    private static void ChargePod(Dictionary<string, Amount> charge, JsonObject pod)
    {
        foreach (var (name, amount) in PodAmounts.Of(pod, "requests"))
        {
            charge["requests." + name] = amount;
            if (name is "cpu" or "memory" or "ephemeral-storage")
            {
                charge[name] = amount;
            }
        }

        foreach (var (name, amount) in PodAmounts.Of(pod, "limits"))
        {
            charge["limits." + name] = amount;
        }
    }

    private static void ChargeService(Dictionary<string, Amount> charge, JsonObject service)
    {
        var type = service.Text("spec", "type");
        var ports = service.Items("spec", "ports").Aggregate(Amount.Zero, (sum, _) => sum + Amount.One);
        charge["services.nodeports"] = type is "NodePort" or "LoadBalancer" ? ports : Amount.Zero;
        charge["services.loadbalancers"] = type == "LoadBalancer" ? Amount.One : Amount.Zero;
    }

    private static void ChargeClaim(Dictionary<string, Amount> charge, JsonObject claim)
    {
        var storage = Amount.Parse(claim.Text("spec", "resources", "requests", "storage")) ?? Amount.Zero;
        charge["requests.storage"] = storage;
        if (claim.Text("spec", "storageClassName") is { Length: > 0 } @class)
        {
            charge[$"{@class}.storageclass.storage.k8s.io/requests.storage"] = storage;
            charge[$"{@class}.storageclass.storage.k8s.io/persistentvolumeclaims"] = Amount.One;
        }
    }
}
