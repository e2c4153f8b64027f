using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Faults;

/// <summary>
/// An injected fault and what takes it back, newest first. Kept in a file, so that any process can revert it.
/// </summary>
internal sealed record FaultLease(string FaultId, string Namespace, DateTimeOffset InjectedAt,
    ImmutableStack<FaultUndo> Undo)
{
    /// <summary>When it reverts by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string ToJson()
    {
        var lease = new JsonObject
        {
            ["fault"] = FaultId,
            ["namespace"] = Namespace,
            ["injectedAt"] = KubernetesTime.Format(InjectedAt),
            ["undo"] = new JsonArray([.. Undo.Select(undo => undo.ToJson())]),
        };
        if (ExpiresAt is { } end)
        {
            lease["expiresAt"] = KubernetesTime.Format(end);
        }

        return lease.ToJsonString();
    }

    /// <summary>Null when the text is not a lease.</summary>
    public static FaultLease? Parse(string text)
    {
        if (JsonNode.Parse(text) is not JsonObject lease || lease.Text("fault") is not { } fault
            || lease.Text("namespace") is not { } ns)
        {
            return null;
        }

        var undo =
            ImmutableStack.CreateRange(lease.Items("undo").Select(FaultUndo.Parse).OfType<FaultUndo>().Reverse());
        return new FaultLease(fault, ns, lease.Time("injectedAt") ?? DateTimeOffset.MinValue, undo)
        {
            ExpiresAt = lease.Time("expiresAt"),
        };
    }
}
