using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>Writes types of types.yaml as OpenAPI v3 schemas, with the extensions that kubectl merges by.</summary>
internal sealed class OpenApiSchemas(SchemaCatalog types, FieldDescriptions descriptions)
{
    private const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";

    public string NameOf(KindDefinition kind) => kind.Custom is not null ? CustomSchemas.NameOf(kind)
        : types.Find(kind.Type) is { } type ? NameOf(type) : kind.Kind;

    /// <summary>The kinds' schemas and all that they refer to.</summary>
    public JsonObject For(ImmutableArray<KindDefinition> kinds)
    {
        var schemas = new JsonObject
        {
            [Quantity] = new JsonObject
            {
                ["oneOf"] =
                    new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "number" }),
            },
        };
        foreach (var kind in kinds)
        {
            if (kind.Custom is not null && types.Find("ObjectMeta") is { } metadata)
            {
                Add(schemas, metadata);
                schemas[NameOf(kind)] = CustomSchemas.Of(kind, Reference(NameOf(metadata)));
                continue;
            }

            if (types.Find(kind.Type) is not { } type)
            {
                continue;
            }

            Add(schemas, type);
            var own = (JsonObject)schemas[NameOf(type)]!;
            own["x-kubernetes-group-version-kind"] = GroupVersionKind(kind);
            own["properties"]!["apiVersion"] = new JsonObject { ["type"] = "string" };
            own["properties"]!["kind"] = new JsonObject { ["type"] = "string" };
            descriptions.WriteTo(own, type.Name, isKind: true);
        }

        return schemas;
    }

    public static JsonArray GroupVersionKind(KindDefinition kind) =>
        [new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version }];

    private void Add(JsonObject schemas, TypeSchema type)
    {
        var name = NameOf(type);
        if (schemas.ContainsKey(name))
        {
            return;
        }

        var properties = new JsonObject();
        schemas[name] = new JsonObject { ["type"] = "object", ["properties"] = properties };
        foreach (var field in type.Fields.Values)
        {
            properties[field.Name] = Property(field);
            if (types.Find(field.Type.Name) is { } inner)
            {
                Add(schemas, inner);
            }
        }

        descriptions.WriteTo((JsonObject)schemas[name]!, type.Name, isKind: false);
        var required = type.Fields.Values.Where(field => field.IsRequired)
            .Select(field => JsonValue.Create(field.Name)).ToArray();
        if (required.Length > 0)
        {
            schemas[name]!["required"] = new JsonArray([.. required]);
        }
    }

    private JsonObject Property(FieldSchema field)
    {
        var one = Value(field.Type.Name);
        var property = field.Type.Shape switch
        {
            ValueShape.List => new JsonObject { ["type"] = "array", ["items"] = one },
            ValueShape.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = one },
            _ => one,
        };
        if (field.MergeKey is { } key)
        {
            property["x-kubernetes-patch-strategy"] = field.RetainsKeys ? "merge,retainKeys" : "merge";
            if (key != "=")
            {
                property["x-kubernetes-patch-merge-key"] = key;
            }
        }
        else if (field.RetainsKeys)
        {
            property["x-kubernetes-patch-strategy"] = "retainKeys";
        }

        return property;
    }

    private JsonObject Value(string name)
    {
        if (types.Find(name) is { } type)
        {
            return new JsonObject { ["allOf"] = new JsonArray(Reference(NameOf(type))) };
        }

        return name switch
        {
            "quantity" => new JsonObject { ["allOf"] = new JsonArray(Reference(Quantity)) },
            "string" => new JsonObject { ["type"] = "string" },
            "bool" => new JsonObject { ["type"] = "boolean" },
            "int32" or "int64" => new JsonObject { ["type"] = "integer", ["format"] = name },
            "double" => new JsonObject { ["type"] = "number", ["format"] = name },
            "bytes" => new JsonObject { ["type"] = "string", ["format"] = "byte" },
            "time" or "microTime" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            "intOrString" => new JsonObject
            {
                ["format"] = "int-or-string",
                ["oneOf"] =
                    new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" }),
            },
            _ => new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true },
        };
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static string NameOf(TypeSchema type)
    {
        var (group, version) = type.Package.Split('/') is [var left, var right] ? (left, right) : (type.Package, "v1");
        return group == "meta"
            ? $"io.k8s.apimachinery.pkg.apis.meta.{version}.{type.Name}"
            : $"io.k8s.api.{group.Split('.')[0]}.{version}.{type.Name}";
    }
}
