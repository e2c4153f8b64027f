using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of nodes.</summary>
internal static class NodeCells
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static string Status(JsonObject node)
    {
        var ready = FieldPath.Items(node, ".status.conditions")
            .FirstOrDefault(one => FieldPath.Text(one, "type") == "Ready");
        var status = ready is null ? "Unknown" : FieldPath.Text(ready, "status") == "True" ? "Ready" : "NotReady";
        return FieldPath.Text(node, ".spec.unschedulable") == "true" ? $"{status},SchedulingDisabled" : status;
    }

    public static string Roles(JsonObject node)
    {
        var labels = node["metadata"]?["labels"] as JsonObject ?? [];
        var roles = labels
            .Select(label => label.Key.StartsWith(RolePrefix, StringComparison.Ordinal) ? label.Key[RolePrefix.Length..]
                : label.Key == "kubernetes.io/role" ? FieldPath.Text(label.Value) : "")
            .Where(role => role.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return string.Join(',', roles) is { Length: > 0 } text ? text : "<none>";
    }

    public static string Address(JsonObject node, string type) =>
        FieldPath.Text(FieldPath.Items(node, ".status.addresses")
            .FirstOrDefault(one => FieldPath.Text(one, "type") == type), "address", "<none>");
}
