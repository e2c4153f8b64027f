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
    public string ToJson() => new JsonObject
    {
        ["fault"] = FaultId,
        ["namespace"] = Namespace,
        ["injectedAt"] = KubernetesTime.Format(InjectedAt),
        ["undo"] = new JsonArray([.. Undo.Select(undo => undo.ToJson())]),
    }.ToJsonString();

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
        return new FaultLease(fault, ns, lease.Time("injectedAt") ?? DateTimeOffset.MinValue, undo);
    }
}
