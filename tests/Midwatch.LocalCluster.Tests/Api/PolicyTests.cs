using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>What quotas, limit ranges, roles and field managers forbid, in the words of Kubernetes.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private const string Core = "/api/v1/namespaces/default";
    private RunningApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_quota_refuses_what_exceeds_it_and_says_by_how_much()
    {
        await MakeAsync($"{Core}/resourcequotas",
            """{"metadata":{"name":"purse"},"spec":{"hard":{"count/configmaps":"1","services.nodeports":"0"}}}""");
        await MakeAsync($"{Core}/configmaps", """{"metadata":{"name":"one"}}""");

        var second = await RefusedAsync($"{Core}/configmaps", """{"metadata":{"name":"two"}}""");
        var port = await RefusedAsync($"{Core}/services",
            """{"metadata":{"name":"np"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""");

        Assert.Equal(
            "configmaps \"two\" is forbidden: exceeded quota: purse, requested: count/configmaps=1, "
                + "used: count/configmaps=1, limited: count/configmaps=1", second);
        Assert.Contains("requested: services.nodeports=1, used: services.nodeports=0", port, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_range_refuses_too_much_and_fills_in_what_is_not_said()
    {
        await MakeAsync($"{Core}/limitranges",
            """
            {"metadata":{"name":"fences"},"spec":{"limits":[{"type":"Container","default":{"memory":"128Mi"},
             "defaultRequest":{"memory":"32Mi"},"max":{"memory":"256Mi"}}]}}
            """);

        var big = await RefusedAsync($"{Core}/pods", Pod("big", """{"limits":{"memory":"1Gi"}}"""));
        var plain = await MakeAsync($"{Core}/pods", Pod("plain", "{}"));

        Assert.Equal("pods \"big\" is forbidden: maximum memory usage per Container is 256Mi, but limit is 1Gi", big);
        Assert.Equal(
            """{"limits":{"memory":"128Mi"},"requests":{"memory":"32Mi"}}""",
            Sorted(plain["spec"]!["containers"]![0]!["resources"]!));
    }

    [Fact]
    public async Task A_claim_may_not_grow_over_what_a_limit_range_allows()
    {
        const string Claim = Core + "/persistentvolumeclaims";
        const string Type = "application/merge-patch+json";
        await MakeAsync($"{Core}/limitranges",
            """
            {"metadata":{"name":"disks"},"spec":{"limits":[
             {"type":"PersistentVolumeClaim","max":{"storage":"50Gi"}}]}}
            """);
        await MakeAsync(Claim,
            """
            {"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],
             "resources":{"requests":{"storage":"1Gi"}}}}
            """);

        var (status, refused) = await _api.SendAsync("PATCH", $"{Claim}/data",
            """{"spec":{"resources":{"requests":{"storage":"100Gi"}}}}""", Type);
        var (labelled, _) = await _api.SendAsync("PATCH", $"{Claim}/data",
            """{"metadata":{"labels":{"a":"b"}}}""", Type);

        Assert.Equal((403, 200), (status, labelled));
        Assert.Equal(
            "persistentvolumeclaims \"data\" is forbidden: maximum storage usage per PersistentVolumeClaim is 50Gi, "
                + "but request is 100Gi", refused["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_another_manager_applied_is_only_taken_by_force()
    {
        const string Path = Core + "/configmaps/shared";
        const string Type = "application/apply-patch+yaml";
        const string Mine = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared"},"data":{"a":"1"}}""";
        var theirs = Mine.Replace("\"1\"", "\"2\"", StringComparison.Ordinal);

        var (made, _) = await _api.SendAsync("PATCH", Path + "?fieldManager=me", Mine, Type);
        var (refused, status) = await _api.SendAsync("PATCH", Path + "?fieldManager=they", theirs, Type);
        var (forced, now) = await _api.SendAsync("PATCH", Path + "?fieldManager=they&force=true", theirs, Type);

        Assert.Equal((201, 409, 200), (made, refused, forced));
        Assert.Equal(
            "Apply failed with 1 conflict: conflict with \"me\": .data.a", status["message"]!.GetValue<string>());
        Assert.Equal("2", now["data"]!["a"]!.GetValue<string>());
        var owner = Assert.Single(now["metadata"]!["managedFields"]!.AsArray())!;
        Assert.Equal("they", owner["manager"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_manager_no_longer_applies_goes_unless_another_has_it_too()
    {
        const string Path = Core + "/configmaps/shared";
        const string Type = "application/apply-patch+yaml";
        const string Head = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared"},"data":""";
        _ = await _api.SendAsync("PATCH", Path + "?fieldManager=me", Head + """{"a":"1","b":"1"}}""", Type);
        _ = await _api.SendAsync("PATCH", Path + "?fieldManager=they", Head + """{"b":"1"}}""", Type);

        var (_, now) = await _api.SendAsync("PATCH", Path + "?fieldManager=me", Head + "{}}", Type);

        Assert.Equal("""{"b":"1"}""", now["data"]!.ToJsonString());
    }

    private async Task<JsonObject> MakeAsync(string path, string body)
    {
        var (code, made) = await _api.SendAsync("POST", path, body);
        Assert.True(code == 201, made.ToJsonString());
        return made;
    }

    private async Task<string> RefusedAsync(string path, string body)
    {
        var (code, status) = await _api.SendAsync("POST", path, body);
        Assert.Equal(403, code);
        return status["message"]!.GetValue<string>();
    }

    private static string Pod(string name, string resources) =>
        $$$"""
        {"metadata":{"name":"{{{name}}}"},
         "spec":{"containers":[{"name":"c","image":"i","resources":{{{resources}}} }]} }
        """;

    private static string Sorted(JsonNode node) => new JsonObject(node.AsObject()
        .OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))).ToJsonString();
}
