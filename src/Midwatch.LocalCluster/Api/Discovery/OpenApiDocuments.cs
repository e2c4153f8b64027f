using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>
/// /openapi/v3, one document per group version, made from types.yaml and from definitions; and /openapi/v2, all in one.
/// </summary>
internal sealed class OpenApiDocuments(
    ImmutableArray<KindDefinition> kinds, ImmutableArray<(string Group, string Version)> groups)
{
    // Clients keep a document for as long as its hash stays: ours change with the build.
    private static readonly string Hash = typeof(OpenApiDocuments).Module.ModuleVersionId.ToString("N");

    private static readonly ImmutableArray<string> Patches =
        ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
            "application/apply-patch+yaml"];

    private readonly OpenApiSchemas _schemas = new(SchemaCatalog.Embedded, FieldDescriptions.Embedded);

    public ApiAnswer? Answer(HttpRequest request, ImmutableArray<string> parts) => parts switch
    {
        ["openapi", "v2"] => Swagger(request),
        ["openapi", "v3"] => ApiAnswer.Json(Index()),
        ["openapi", "v3", "api", var version] => Document("", version),
        ["openapi", "v3", "apis", var group, var version] => Document(group, version),
        _ => null,
    };

    private ApiAnswer Swagger(HttpRequest request)
    {
        var document = SwaggerDocument.Of(_schemas.For(kinds));
        return request.Headers.Accept.ToString().Contains("protobuf", StringComparison.Ordinal)
            ? new ApiAnswer.Text(
                GnosticWriter.Write(document), "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")
            : ApiAnswer.Json(document);
    }

    private JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (var (group, version) in groups)
        {
            var path = group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={Hash}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    private ApiAnswer? Document(string group, string version)
    {
        if (!groups.Contains((group, version)))
        {
            return null;
        }

        ImmutableArray<KindDefinition> own =
            [.. kinds.Where(kind => kind.Group == group && kind.Version == version)];
        var paths = new JsonObject();
        foreach (var kind in own)
        {
            AddPaths(paths, kind);
        }

        return ApiAnswer.Json(new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.Git },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = _schemas.For(own) },
        });
    }

    private void AddPaths(JsonObject paths, KindDefinition kind)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.GroupVersion}";
        var collection = kind.IsNamespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
        paths[collection] = new JsonObject
        {
            ["get"] = Operation(kind, "list"),
            ["post"] = Operation(kind, "post"),
        };
        paths[collection + "/{name}"] = new JsonObject
        {
            ["get"] = Operation(kind, "get"),
            ["put"] = Operation(kind, "put"),
            ["patch"] = Operation(kind, "patch"),
            ["delete"] = Operation(kind, "delete"),
        };
    }

    private JsonObject Operation(KindDefinition kind, string action)
    {
        var schema = new JsonObject { ["$ref"] = $"#/components/schemas/{_schemas.NameOf(kind)}" };
        var operation = new JsonObject
        {
            ["operationId"] = $"{action}{kind.Kind}",
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = OpenApiSchemas.GroupVersionKind(kind)[0]!.DeepClone(),
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content(schema, "application/json") },
            },
        };
        if (action is "get" or "list")
        {
            return operation;
        }

        operation["parameters"] =
            new JsonArray(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation"));
        operation["requestBody"] = new JsonObject
        {
            ["content"] = action == "patch"
                ? Content(
                    new JsonObject { ["type"] = "object" },
                    [.. Patches.Where(
                        one => kind.Custom is null || !one.Contains("strategic", StringComparison.Ordinal))])
                : Content(schema, "application/json"),
        };
        return operation;
    }

    private static JsonObject Content(JsonObject schema, params string[] types) =>
        new(types.Select(
            type => KeyValuePair.Create<string, JsonNode?>(type, new JsonObject { ["schema"] = schema.DeepClone() })));

    private static JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
    };
}
