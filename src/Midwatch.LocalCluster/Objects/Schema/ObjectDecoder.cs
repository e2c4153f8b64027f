using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>Reads a body as an object of a type, as the API server's typed decoding does.</summary>
internal sealed class ObjectDecoder(SchemaCatalog schemas)
{
    /// <summary>Reads a body as an object of a kind, whoever defined it.</summary>
    public DecodeResult Decode(JsonObject body, KindDefinition kind) =>
        kind.Custom is not { } custom ? Decode(body, kind.Type) : CustomDecoder.Decode(body, custom) is var read
            && Decode(new JsonObject { ["metadata"] = read.Body["metadata"]?.DeepClone() }, "PartialObjectMetadata")
            is { Error: { } wrong } ? read with { Error = wrong } : read;

    /// <param name="type">The type's name, as "Deployment". An unknown one is taken as it is.</param>
    public DecodeResult Decode(JsonObject body, string type)
    {
        var walk = new Walk(schemas);
        var decoded = schemas.Find(type) is { } schema
            ? walk.Struct(body, schema, "")
            : (JsonObject)body.DeepClone();
        foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind"])
        {
            if (body[name] is JsonValue value && decoded[name] is null)
            {
                decoded[name] = value.DeepClone();
            }
        }

        return new DecodeResult(decoded, walk.Unknown.ToImmutable(), walk.Error);
    }

    private sealed class Walk(SchemaCatalog schemas)
    {
        public ImmutableArray<string>.Builder Unknown { get; } = ImmutableArray.CreateBuilder<string>();

        public DecodeError? Error { get; private set; }

        public JsonObject Struct(JsonObject body, TypeSchema type, string path)
        {
            var result = new JsonObject();
            foreach (var (name, value) in body)
            {
                var at = path.Length == 0 ? name : $"{path}.{name}";
                if (name is "apiVersion" or "kind" && !type.Fields.ContainsKey(name) && MayNameItsKind(type))
                {
                    result[name] = value?.DeepClone();
                }
                else if (!type.Fields.TryGetValue(name, out var field))
                {
                    Unknown.Add(at);
                }
                else if (Field(value, field, type, at) is { } kept)
                {
                    result[name] = kept;
                }
            }

            return result;
        }

        // Whole objects, also inside others (volumeClaimTemplates).
        private static bool MayNameItsKind(TypeSchema type) =>
            type.Fields.ContainsKey("metadata") && !type.Name.EndsWith("Template", StringComparison.Ordinal)
            && !type.Name.EndsWith("TemplateSpec", StringComparison.Ordinal);

        private JsonNode? Field(JsonNode? value, FieldSchema field, TypeSchema owner, string path) =>
            (field.Type.Shape, value) switch
        {
            (_, null) => null,
            (ValueShape.List, JsonArray list) => List(list, field.Type.Name, owner, path),
            (ValueShape.Map, JsonObject map) => Map(map, field.Type.Name, owner, path),
            (ValueShape.List, _) =>
                Wrong(
                    value, owner, path, $"[]{GoType(field.Type.Name)}", $"cannot restore slice from: {GoKind(value)}"),
            (ValueShape.Map, _) => Wrong(
                value, owner, path, $"map[string]{GoType(field.Type.Name)}",
                    $"cannot restore map from: {GoKind(value)}"),
            _ => One(value, field.Type.Name, owner, path),
        };

        private JsonArray? List(JsonArray list, string type, TypeSchema owner, string path)
        {
            var result = new JsonArray();
            for (var index = 0; index < list.Count; index++)
            {
                if (One(
                    list[index], type, owner, $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]") is { } kept)
                {
                    result.Add(kept);
                }
            }

            return result.Count == 0 ? null : result;
        }

        private JsonObject? Map(JsonObject map, string type, TypeSchema owner, string path)
        {
            var result = new JsonObject();
            foreach (var (name, value) in map)
            {
                if (value is null && type == "string")
                {
                    result[name] = "";
                }
                else if (One(value, type, owner, path) is { } kept)
                {
                    result[name] = kept;
                }
            }

            return result.Count == 0 ? null : result;
        }

        private JsonNode? One(JsonNode? value, string type, TypeSchema owner, string path)
        {
            if (value is null || type == "any")
            {
                return value?.DeepClone();
            }

            if (schemas.Find(type) is { } schema)
            {
                return value is JsonObject body
                    ? Struct(body, schema, path)
                    : Wrong(value, owner, path, $"{Package(schema)}.{type}",
                        $"cannot restore struct from: {GoKind(value)}");
            }

            return Scalar(value, type, owner, path);
        }

        private JsonNode? Scalar(JsonNode value, string type, TypeSchema owner, string path)
        {
            var kind = value.GetValueKind();
            switch (type)
            {
                case "string" or "time" or "microTime" or "bytes" when kind == JsonValueKind.String:
                case "bool" when kind is JsonValueKind.True or JsonValueKind.False:
                case "int32" or "int64" when kind == JsonValueKind.Number && IsWhole(value):
                case "double" when kind == JsonValueKind.Number:
                case "intOrString" when kind is JsonValueKind.Number or JsonValueKind.String:
                    return value.DeepClone();
                case "quantity" when kind is JsonValueKind.Number or JsonValueKind.String:
                    return Amount(value);
                case "bool":
                    return Wrong(value, owner, path, "bool", $"cannot convert {GoKind(value)} to bool");
                case "int32" or "int64":
                    return Wrong(value, owner, path, type, $"unrecognized type: {type}");
                case "intOrString":
                    return Wrong(value, owner, path, "int32", "cannot convert to int-or-string");
                default:
                    return Wrong(value, owner, path, "string", $"cannot convert {GoKind(value)} to string");
            }
        }

        private JsonValue? Amount(JsonNode value)
        {
            var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            if (Quantity.Canonical(text) is { } canonical)
            {
                return JsonValue.Create(canonical);
            }

            Error ??= new DecodeError(Quantity.Malformed, Quantity.Malformed);
            return null;
        }

        private JsonNode? Wrong(JsonNode value, TypeSchema owner, string path, string type, string conversion)
        {
            var plain = string.Concat(path.Split('[').Select(
                (part, index) => index == 0 ? part : part[(part.IndexOf(']', StringComparison.Ordinal) + 1)..]));
            Error ??= new DecodeError(
                $"json: cannot unmarshal {JsonKind(value)} into Go struct field {owner.Name}.{plain} of type {type}",
                    conversion);
            return null;
        }

        private static bool IsWhole(JsonNode value) =>
            long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

        private static string Package(TypeSchema type) => type.Package[(type.Package.LastIndexOf('/') + 1)..];

        private string GoType(string name) => schemas.Find(name) is { } type ? $"{Package(type)}.{name}" : name switch
        {
            "quantity" => "resource.Quantity",
            "bytes" => "[]uint8",
            _ => name,
        };

        private static string JsonKind(JsonNode value) => value.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number =>
                value.ToJsonString().Contains('.', StringComparison.Ordinal) ? $"number {value.ToJsonString()}"
                    : "number",
            _ => "bool",
        };

        private static string GoKind(JsonNode value) => value.GetValueKind() switch
        {
            JsonValueKind.Object => "map[string]interface {}",
            JsonValueKind.Array => "[]interface {}",
            JsonValueKind.String => "string",
            JsonValueKind.Number => IsWhole(value) ? "int64" : "float64",
            _ => "bool",
        };
    }
}
