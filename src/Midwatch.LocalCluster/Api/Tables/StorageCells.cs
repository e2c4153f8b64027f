using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of volumes and of storage classes.</summary>
internal static class StorageCells
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    /// <param name="path">Where the access modes stand: in the status of a claim, in the spec of a volume.</param>
    public static string AccessModes(JsonObject body, string path) =>
        string.Join(',',
            (FieldPath.Read(body, path) as JsonArray ?? []).Select(FieldPath.Text).Select(mode => mode switch
        {
            "ReadWriteOnce" => "RWO",
            "ReadOnlyMany" => "ROX",
            "ReadWriteMany" => "RWX",
            "ReadWriteOncePod" => "RWOP",
            _ => mode,
        }));

    public static string Claim(JsonObject volume) =>
        FieldPath.Read(volume, ".spec.claimRef") is JsonObject claim
            ? $"{FieldPath.Text(claim, ".namespace")}/{FieldPath.Text(claim, ".name")}"
            : "";

    public static string ClassName(JsonObject body)
    {
        var isDefault = FieldPath.Text(body["metadata"]?["annotations"]?[DefaultClass]) == "true";
        return FieldPath.Text(body, ".metadata.name") + (isDefault ? " (default)" : "");
    }
}
