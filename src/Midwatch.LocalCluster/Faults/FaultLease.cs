using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Faults;

/// <summary>
/// An injected fault and what takes it back, newest first. Kept in a file, so that any process can revert it.
/// </summary>
internal sealed record FaultLease(InjectedFault Fault, ImmutableStack<FaultUndo> Undo)
{
    public string ToJson()
    {
        var lease = new JsonObject
        {
            ["fault"] = Fault.Id,
            ["namespace"] = Fault.Namespace,
            ["injectedAt"] = KubernetesTime.Format(Fault.InjectedAt),
            ["undo"] = new JsonArray([.. Undo.Select(undo => undo.ToJson())]),
        };
        if (Fault.Target is { } target)
        {
            lease["target"] = target;
        }

        if (Fault.ExpiresAt is { } end)
        {
            lease["expiresAt"] = KubernetesTime.Format(end);
        }

        return lease.ToJsonString();
    }

    /// <summary>Null when the text is not a lease.</summary>
    public static FaultLease? Parse(string text)
    {
        if (JsonNode.Parse(text) is not JsonObject lease || lease.Text("fault") is not { } id
            || lease.Text("namespace") is not { } ns)
        {
            return null;
        }

        var undo =
            ImmutableStack.CreateRange(lease.Items("undo").Select(FaultUndo.Parse).OfType<FaultUndo>().Reverse());
        return new FaultLease(new(id, ns, lease.Text("target"))
        {
            InjectedAt = lease.Time("injectedAt") ?? DateTimeOffset.MinValue,
            ExpiresAt = lease.Time("expiresAt"),
        }, undo);
    }
}
