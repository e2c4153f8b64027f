using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Midwatch.LocalCluster.Objects.Custom;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of CustomResourceDefinitions, and what they have when nobody says so.</summary>
internal static class DefinitionRules
{
    private static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean"];

    // What a version of a definition always has, as messages show it.
    private static readonly string[] VersionFields =
        ["name", "served", "storage", "deprecated", "deprecationWarning", "schema", "subresources",
            "additionalPrinterColumns", "selectableFields"];

    public static void Complete(JsonObject body)
    {
        if (body["spec"] is not JsonObject spec || spec["names"] is not JsonObject names)
        {
            return;
        }

        var kind = StructuralSchema.Text(names, "kind");
        names["singular"] ??= Kinds.KindName.Lower(kind);
        names["listKind"] ??= kind + "List";
        spec["conversion"] ??= new JsonObject { ["strategy"] = "None" };
    }

    public static IEnumerable<FieldError> Check(JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        var names = spec["names"] as JsonObject ?? [];
        var expected = $"{StructuralSchema.Text(names, "plural")}.{StructuralSchema.Text(spec, "group")}";
        if (ObjectMetadata.Text(body, "name") is { } name && name != expected)
        {
            yield return FieldError.Invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
        }

        if (!StructuralSchema.Text(spec, "group").Contains('.', StringComparison.Ordinal))
        {
            yield return FieldError.Invalid(
                "spec.group", StructuralSchema.Text(spec, "group"), "should be a domain with at least one dot");
        }

        if (StructuralSchema.Text(spec, "scope") is not ("Cluster" or "Namespaced"))
        {
            yield return FieldError.NotSupported(
                "spec.scope", StructuralSchema.Text(spec, "scope"), "Cluster", "Namespaced");
        }

        foreach (var error in Versions(CustomKindReader.Versions(body).ToList()))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Versions(List<JsonObject> versions)
    {
        for (var at = 0; at < versions.Count; at++)
        {
            var path = $"spec.versions[{at.ToString(CultureInfo.InvariantCulture)}]";
            if (versions[at]["schema"]?["openAPIV3Schema"] is not JsonObject schema)
            {
                yield return FieldError.Required($"{path}.schema.openAPIV3Schema");
                continue;
            }

            foreach (var error in Schema(schema, $"{path}.schema.openAPIV3Schema", isRoot: true))
            {
                yield return error;
            }
        }

        if (versions.Count(one => StructuralSchema.Flag(one, "storage")) != 1)
        {
            var shown = new JsonArray([.. versions.Select(Shown)]);
            yield return FieldError.Invalid(
                "spec.versions", shown, "must have exactly one version marked as storage version");
            yield return FieldError.Invalid("status.storedVersions", null, "must have at least one stored version");
        }
    }

    private static IEnumerable<FieldError> Schema(JsonObject schema, string path, bool isRoot = false)
    {
        var type = StructuralSchema.Type(schema);
        var isLogic = StructuralSchema.IsIntOrString(schema) || StructuralSchema.KeepsUnknown(schema);
        if (isRoot && type != "object")
        {
            yield return type.Length == 0 ? FieldError.Required($"{path}.type", "must not be empty at the root")
                : FieldError.Invalid($"{path}.type", type, "must be object at the root");
        }
        else if (type.Length == 0 && !isLogic)
        {
            yield return FieldError.Required($"{path}.type", "must not be empty for specified object fields");
        }
        else if (type.Length > 0 && !Types.Contains(type))
        {
            yield return FieldError.NotSupported($"{path}.type", type, [.. Types.Order(StringComparer.Ordinal)]);
        }

        if (type == "array" && schema["items"] is not JsonObject)
        {
            yield return FieldError.Required($"{path}.items", "must be specified");
        }

        if (StructuralSchema.Text(schema, "pattern") is { Length: > 0 } pattern && !IsPattern(pattern))
        {
            yield return FieldError.Invalid($"{path}.pattern", pattern, "must be a valid regular expression");
        }

        foreach (var error in Rules(schema, path).Concat(Default(schema, path)).Concat(Below(schema, path)))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Below(JsonObject schema, string path)
    {
        var below = StructuralSchema.Properties(schema)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .SelectMany(one => Schema(one.Value, $"{path}.properties[{one.Key}]"));
        foreach (var name in (string[])["items", "additionalProperties"])
        {
            below = schema[name] is JsonObject one ? below.Concat(Schema(one, $"{path}.{name}")) : below;
        }

        return below;
    }

    // Rules of this schema alone; those below it are looked at there.
    private static IEnumerable<FieldError> Rules(JsonObject schema, string path) => CustomRule.In(schema)
        .Where(rule => ReferenceEquals(rule.At, schema))
        .Select((rule, at) => (rule, at))
        .Where(one => one.rule.Error.Length > 0)
        .Select(one => FieldError.Invalid(
            $"{path}.x-kubernetes-validations[{one.at.ToString(CultureInfo.InvariantCulture)}].rule", one.rule.Text,
            $"compilation failed: {one.rule.Error}"));

    private static IEnumerable<FieldError> Default(JsonObject schema, string path) =>
        schema["default"] is { } given ? SchemaChecks.Check(given, schema, $"{path}.default") : [];

    private static bool IsPattern(string pattern)
    {
        try
        {
            return Regex.IsMatch("", pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) || true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // As Go prints a structure: all its fields, by their names in the program.
    private static JsonObject Shown(JsonObject version) => new(VersionFields.Select(name => KeyValuePair.Create(
        char.ToUpperInvariant(name[0]) + name[1..],
        version[name]?.DeepClone() ?? (name is "served" or "storage" or "deprecated" ? false : null))));
}
