using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Metrics;
using Midwatch.LocalCluster.Api.Requests;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>Answers what the server serves: /version, health, /api, /apis and OpenAPI.</summary>
internal sealed class DiscoveryDocuments
{
    private readonly ImmutableArray<DiscoveredResource> _resources;
    private readonly ImmutableArray<(string Group, string Version)> _groups;
    private readonly OpenApiDocuments _openApi;

    public DiscoveryDocuments(ImmutableArray<KindDefinition> kinds, bool hasMetrics)
    {
        Kinds = kinds;
        _resources = [.. DiscoveryList.Read(kinds).Where(one => hasMetrics || one.Group != MetricsHandler.Group)];
        _groups = [.. _resources.Select(one => (one.Group, one.Version)).Distinct()];
        _openApi = new OpenApiDocuments(kinds, _groups);
    }

    /// <summary>The kinds that it tells of.</summary>
    public ImmutableArray<KindDefinition> Kinds { get; }

    /// <summary>Null when there is nothing at this path.</summary>
    public ApiAnswer? Answer(HttpRequest request, string path, AnswerForm form)
    {
        ImmutableArray<string> parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        var aggregated = form.As == "APIGroupDiscoveryList";
        return parts switch
        {
            [] => ApiAnswer.Json(new JsonObject { ["paths"] = Strings([.. Paths()]) }),
            ["version"] => new ApiAnswer.Text(AnswerWriter.Pretty(ServerVersion.ToJson()), "application/json"),
            ["healthz" or "livez" or "readyz", ..] => Health(request, parts[0]),
            ["api"] when aggregated => Cached(request, Aggregated(form, group => group.Length == 0)),
            ["apis"] when aggregated => Cached(request, Aggregated(form, group => group.Length > 0)),
            ["api"] => ApiAnswer.Json(LegacyVersions(request)),
            ["apis"] => ApiAnswer.Json(GroupList()),
            ["api", "v1"] => Resources("", "v1"),
            ["apis", var group] when _groups.Any(one => one.Group == group) =>
                ApiAnswer.Json(Group(group, isWhole: true)),
            ["apis", var group, var version] when _groups.Any(one => one.Group == group) => Resources(group, version),
            ["openapi", ..] => _openApi.Answer(request, parts),
            _ => null,
        };
    }

    // Clients keep the whole of discovery for as long as its tag stays.
    private static ApiAnswer Cached(HttpRequest request, ApiAnswer.Document document)
    {
        var tag = $"\"{Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes(document.Body.ToJsonString())))}\"";
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public";
        headers.ETag = tag;
        headers.Vary = "Accept";
        return request.Headers.IfNoneMatch.ToString() == tag
            ? new ApiAnswer.Text(ReadOnlyMemory<byte>.Empty, document.ContentType, 304) : document;
    }

    private IEnumerable<string> Paths()
    {
        var groups = _groups.SelectMany(one => one.Group.Length == 0
            ? ["/api", $"/api/{one.Version}"]
            : (string[])["/apis", $"/apis/{one.Group}", $"/apis/{one.Group}/{one.Version}"]);
        return groups.Concat(["/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/readyz", "/version"])
            .Distinct().Order(StringComparer.Ordinal);
    }

    private static ApiAnswer.Text Health(HttpRequest request, string check)
    {
        var text = request.Query.ContainsKey("verbose") ? $"[+]ping ok\n[+]log ok\n{check} check passed\n" : "ok";
        return new ApiAnswer.Text(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");
    }

    private static JsonObject LegacyVersions(HttpRequest request) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(
            new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = request.Host.Value }),
    };

    private JsonObject GroupList() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray(
            [.. _groups.Select(one => one.Group).Distinct().Where(group => group.Length > 0)
                .Select(group => Group(group, isWhole: false))]),
    };

    private JsonObject Group(string group, bool isWhole)
    {
        var body = new JsonObject();
        if (isWhole)
        {
            body["kind"] = "APIGroup";
            body["apiVersion"] = "v1";
        }

        JsonObject Version(string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };
        ImmutableArray<string> versions = [.. _groups.Where(one => one.Group == group).Select(one => one.Version)];
        body["name"] = group;
        body["versions"] = new JsonArray([.. versions.Select(Version)]);
        body["preferredVersion"] = Version(versions[0]);
        return body;
    }

    private ApiAnswer Resources(string group, string version)
    {
        if (!_groups.Contains((group, version)))
        {
            return ApiAnswer.Refuse(ApiStatus.NoSuchResource());
        }

        var body = new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray(
            [
                .. _resources.Where(one => one.Group == group && one.Version == version)
                    .OrderBy(one => one.Name.Split('/')[0], StringComparer.Ordinal)
                    .Select(Resource),
            ]),
        };
        if (group.Length > 0)
        {
            body["apiVersion"] = "v1";
        }

        return ApiAnswer.Json(body);
    }

    private static JsonObject Resource(DiscoveredResource one)
    {
        var body =
            new JsonObject { ["name"] = one.Name, ["singularName"] = one.Singular, ["namespaced"] = one.IsNamespaced };
        if (one.KindGroup.Length > 0)
        {
            body["group"] = one.KindGroup;
            body["version"] = one.KindVersion;
        }

        body["kind"] = one.Kind;
        body["verbs"] = Strings(one.Verbs);
        AddNames(body, one);
        if (one.StorageHash.Length > 0)
        {
            body["storageVersionHash"] = one.StorageHash;
        }

        return body;
    }

    private static void AddNames(JsonObject body, DiscoveredResource one)
    {
        if (!one.ShortNames.IsEmpty)
        {
            body["shortNames"] = Strings(one.ShortNames);
        }

        if (!one.Categories.IsEmpty)
        {
            body["categories"] = Strings(one.Categories);
        }
    }

    private ApiAnswer.Document Aggregated(AnswerForm form, Func<string, bool> isWanted)
    {
        var items = _groups.Where(one => isWanted(one.Group)).GroupBy(one => one.Group).Select(group => new JsonObject
        {
            ["metadata"] = group.Key.Length == 0 ? [] : new JsonObject { ["name"] = group.Key },
            ["versions"] = new JsonArray([.. group.Select(one => AggregatedVersion(one.Group, one.Version))]),
        });
        var body = new JsonObject
        {
            ["kind"] = "APIGroupDiscoveryList",
            ["apiVersion"] = $"apidiscovery.k8s.io/{form.Version}",
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. items]),
        };
        return new ApiAnswer.Document(
            body, 200, [], $"application/json;g=apidiscovery.k8s.io;v={form.Version};as=APIGroupDiscoveryList");
    }

    private JsonObject AggregatedVersion(string group, string version)
    {
        var own = _resources.Where(one => one.Group == group && one.Version == version).ToList();
        return new JsonObject
        {
            ["version"] = version,
            ["resources"] = new JsonArray(
            [
                .. own.Where(one => !one.IsSubresource).Select(one => AggregatedResource(
                    one, own.Where(sub => sub.Name.StartsWith(one.Name + "/", StringComparison.Ordinal)))),
            ]),
            ["freshness"] = "Current",
        };
    }

    private static JsonObject AggregatedResource(DiscoveredResource one, IEnumerable<DiscoveredResource> subresources)
    {
        var body = new JsonObject
        {
            ["resource"] = one.Name,
            ["responseKind"] = ResponseKind(one),
            ["scope"] = one.IsNamespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = one.Singular,
            ["verbs"] = Strings(one.Verbs),
        };
        AddNames(body, one);
        var inner = subresources.Select(sub => new JsonObject
        {
            ["subresource"] = sub.Name[(sub.Name.IndexOf('/', StringComparison.Ordinal) + 1)..],
            ["responseKind"] = ResponseKind(sub),
            ["verbs"] = Strings(sub.Verbs),
        }).ToList();
        if (inner.Count > 0)
        {
            body["subresources"] = new JsonArray([.. inner]);
        }

        return body;
    }

    private static JsonObject ResponseKind(DiscoveredResource one) =>
        new() { ["group"] = one.KindGroup, ["version"] = one.KindVersion, ["kind"] = one.Kind };

    private static JsonArray Strings(ImmutableArray<string> all) => [.. all.Select(one => JsonValue.Create(one))];
}
