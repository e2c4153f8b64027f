using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Kinds.Conversions;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Reads the kinds that a CustomResourceDefinition makes, one for each version served.</summary>
internal static class CustomKindReader
{
    public static readonly (string Group, string Plural) Resource =
        ("apiextensions.k8s.io", "customresourcedefinitions");

    private static readonly string[] Subresources = ["status", "scale"];

    private static readonly ColumnDefinition Name = new("Name", ".metadata.name", IsInteger: false, IsWide: false);
    private static readonly ColumnDefinition Age =
        new("Age", "age .metadata.creationTimestamp", IsInteger: false, IsWide: false) { Type = "date" };

    public static IEnumerable<KindDefinition> Read(JsonObject definition)
    {
        if (definition["spec"] is not JsonObject spec || spec["names"] is not JsonObject names)
        {
            return [];
        }

        var versions = Versions(definition).ToList();
        var stored = versions.Find(one => StructuralSchema.Flag(one, "storage"));
        return versions.Where(one => StructuralSchema.Flag(one, "served"))
            .OrderBy(one => StructuralSchema.Text(one, "name"), VersionOrder.Instance)
            .Select(one => Kind(StructuralSchema.Text(spec, "group"), names, spec, one, stored ?? one));
    }

    public static IEnumerable<JsonObject> Versions(JsonObject definition) =>
        (definition["spec"]?["versions"] as JsonArray ?? []).OfType<JsonObject>();

    private static KindDefinition Kind(
        string group, JsonObject names, JsonObject spec, JsonObject version, JsonObject stored)
    {
        var name = StructuralSchema.Text(version, "name");
        var storage = $"{group}/{StructuralSchema.Text(stored, "name")}";
        var subresources = version["subresources"] as JsonObject;
        var scale = subresources?["scale"] as JsonObject;
        return new KindDefinition(
            group,
            name,
            StructuralSchema.Text(names, "plural"),
            StructuralSchema.Text(names, "singular"),
            StructuralSchema.Text(names, "kind"),
            StructuralSchema.Text(spec, "scope") != "Cluster",
            Texts(names["shortNames"]),
            Texts(names["categories"]),
            [.. Subresources.Where(one => subresources?.ContainsKey(one) == true)],
            [.. (version["selectableFields"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(one => StructuralSchema.Text(one, "jsonPath").TrimStart('.'))],
            Columns(version))
        {
            Custom = new CustomKind(
                version["schema"]?["openAPIV3Schema"] as JsonObject ?? [],
                storage,
                scale is null ? null : new ScalePaths(
                    StructuralSchema.Text(scale, "specReplicasPath"),
                    StructuralSchema.Text(scale, "statusReplicasPath"),
                    StructuralSchema.Text(scale, "labelSelectorPath")),
                Warning(group, names, version)),
            Conversion = storage == $"{group}/{name}" ? null : new VersionConversion(storage),
        };
    }

    private static string Warning(string group, JsonObject names, JsonObject version) =>
        !StructuralSchema.Flag(version, "deprecated") ? ""
        : StructuralSchema.Text(version, "deprecationWarning") is { Length: > 0 } said ? said
        : $"{group}/{StructuralSchema.Text(version, "name")} {StructuralSchema.Text(names, "kind")} is deprecated";

    private static ImmutableArray<ColumnDefinition> Columns(JsonObject version) =>
        version["additionalPrinterColumns"] is JsonArray { Count: > 0 } given
            ? [Name, .. given.OfType<JsonObject>().Select(Column)] : [Name, Age];

    private static ColumnDefinition Column(JsonObject one)
    {
        var type = StructuralSchema.Text(one, "type");
        var path = StructuralSchema.Text(one, "jsonPath");
        return new ColumnDefinition(
            StructuralSchema.Text(one, "name"),
            $"{(type == "date" ? "date" : "jsonpath")} {path}",
            type == "integer",
            StructuralSchema.Number(one, "priority") > 0)
        {
            Type = type,
            Format = StructuralSchema.Text(one, "format"),
            Description = StructuralSchema.Text(one, "description") is { Length: > 0 } said ? said
                : $"Custom resource definition column (in JSONPath format): {path}",
        };
    }

    private static ImmutableArray<string> Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Select(one => one?.ToString() ?? "")];
}
