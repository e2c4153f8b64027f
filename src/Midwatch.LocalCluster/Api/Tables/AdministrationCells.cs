using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of what administrators look at: signing requests, API services, admission policies.</summary>
internal static class AdministrationCells
{
    private const string None = "<none>";
    private const string Unset = "<unset>";

    /// <summary>The one condition of a component.</summary>
    public static string Component(JsonObject body, string field)
    {
        var condition = FieldPath.Items(body, ".conditions").FirstOrDefault() as JsonObject ?? [];
        var text = FieldPath.Text(condition, field);
        return field != ".status" ? text : text == "True" ? "Healthy" : text == "False" ? "Unhealthy" : "Unknown";
    }

    /// <summary>Who serves a group: a service, or the API server itself.</summary>
    public static string Backend(JsonObject body) => FieldPath.Read(body, ".spec.service") is JsonObject service
        ? $"{FieldPath.Text(service, ".namespace")}/{FieldPath.Text(service, ".name")}" : "Local";

    public static string Available(JsonObject body)
    {
        var condition = FieldPath.Items(body, ".status.conditions").OfType<JsonObject>()
            .FirstOrDefault(one => FieldPath.Text(one, ".type") == "Available");
        var (status, reason) = condition is null ? ("Unknown", "")
            : (FieldPath.Text(condition, ".status"), FieldPath.Text(condition, ".reason"));
        return status == "True" || reason.Length == 0 ? status : $"{status} ({reason})";
    }

    /// <summary>How far a signing request has come, as "Approved,Issued".</summary>
    public static string Signing(JsonObject body)
    {
        var types = FieldPath.Items(body, ".status.conditions").OfType<JsonObject>()
            .Select(one => FieldPath.Text(one, ".type")).ToList();
        var decided = types.Contains("Denied") ? "Denied" : types.Contains("Approved") ? "Approved" : "Pending";
        return decided + (types.Contains("Failed") ? ",Failed" : "")
            + (FieldPath.Text(body, ".status.certificate").Length > 0 ? ",Issued" : "");
    }

    public static string RequestedDuration(JsonObject body) =>
        FieldPath.Read(body, ".spec.expirationSeconds") is null ? None
            : HumanDuration.Format(TimeSpan.FromSeconds(FieldPath.Number(body, ".spec.expirationSeconds")));

    public static string AddressParent(JsonObject body)
    {
        string Text(string field) => FieldPath.Text(body, ".spec.parentRef" + field);
        var resource = Text(".group") is { Length: > 0 } group ? $"{Text(".resource")}.{group}" : Text(".resource");
        return Text(".namespace") is { Length: > 0 } ns ? $"{resource}/{ns}/{Text(".name")}"
            : $"{resource}/{Text(".name")}";
    }

    public static string ParameterKind(JsonObject body) => FieldPath.Read(body, ".spec.paramKind") is null ? Unset
        : $"{FieldPath.Text(body, ".spec.paramKind.apiVersion")}/{FieldPath.Text(body, ".spec.paramKind.kind")}";

    public static string ParameterReference(JsonObject body)
    {
        if (FieldPath.Read(body, ".spec.paramRef") is null)
        {
            return Unset;
        }

        var name = FieldPath.Text(body, ".spec.paramRef.name");
        return FieldPath.Text(body, ".spec.paramRef.namespace") is { Length: > 0 } ns ? $"{ns}/{name}" : name;
    }
}
