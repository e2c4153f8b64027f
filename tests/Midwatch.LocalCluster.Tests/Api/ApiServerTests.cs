using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Access;

namespace Midwatch.LocalCluster.Tests.Api;

public sealed class ApiServerTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private RunningApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/default/pods/x", null, 404, "NotFound", "pods \"x\" not found")]
    [InlineData("GET", "/api/v1/namespaces/default/foos", null, 404, "NotFound",
        "the server could not find the requested resource")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/x", "{}", 405, "MethodNotAllowed",
        "the server does not allow this method on the requested resource")]
    [InlineData("POST", ConfigMaps, """{"kind":"Pod","apiVersion":"v1"}""", 400, "BadRequest",
        "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion")]
    [InlineData("POST", ConfigMaps, """{"metadata":{"name":"x","namespace":"other"}}""", 400, "BadRequest",
        "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("POST", ConfigMaps, """{"metadata":{"name":"a"},"data":{"a":1}}""", 400, "BadRequest",
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData("POST", "/api/v1/namespaces/nowhere/configmaps", """{"metadata":{"name":"x"}}""", 404, "NotFound",
        "namespaces \"nowhere\" not found")]
    [InlineData("POST", ConfigMaps + "?fieldValidation=Strict", """{"metadata":{"name":"w"},"bogus":1}""", 400,
        "BadRequest",
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"bogus\"")]
    [InlineData("GET", ConfigMaps + "?labelSelector=a+in+b", null, 400, "BadRequest",
        "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("GET", ConfigMaps + "?fieldSelector=data.a=1", null, 400, "BadRequest",
        "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("POST", "/apis/apps/v1/namespaces/default/deployments", """{"metadata":{"name":"x"},"spec":{}}""", 422,
        "Invalid",
        "Deployment.apps \"x\" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers: Required value]")]
    [InlineData("DELETE", "/api/v1/namespaces/default", null, 403, "Forbidden",
        "namespaces \"default\" is forbidden: this namespace may not be deleted")]
    public async Task A_refusal_is_a_status_in_the_words_of_kubernetes(
        string method, string path, string? body, int code, string reason, string message)
    {
        var (answered, status) = await _api.SendAsync(method, path, body);

        Assert.Equal(code, answered);
        Assert.Equal("Status", status["kind"]!.GetValue<string>());
        Assert.Equal(reason, status["reason"]!.GetValue<string>());
        Assert.Equal(message, status["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_rights_the_answer_says_who_may_not_do_what()
    {
        var viewer = _api.Tokens.Issue(new UserIdentity("viewer", []));
        using var known = _api.Connect(viewer);
        using var unknown = _api.Connect("wrong");

        var forbidden = await GetAsync(known, "/api/v1/namespaces/default/pods");
        var unauthorized = await GetAsync(unknown, "/api/v1/namespaces/default/pods");

        Assert.Equal(
            "pods is forbidden: User \"viewer\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"",
            forbidden["message"]!.GetValue<string>());
        Assert.Equal("Unauthorized", unauthorized["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_cluster_role_bound_to_a_user_grants_what_it_names_and_no_more()
    {
        _ = await _api.SendAsync("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            """{"metadata":{"name":"r"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}]}""");
        _ = await _api.SendAsync("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            """{"metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"r"},"subjects":[{"kind":"User","name":"eve"}]}""");
        using var eve = _api.Connect(_api.Tokens.Issue(new UserIdentity("eve", [])));

        var pods = await GetAsync(eve, "/api/v1/pods");
        var secrets = await GetAsync(eve, "/api/v1/secrets");

        Assert.Equal("PodList", pods["kind"]!.GetValue<string>());
        Assert.Equal(403, secrets["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_stale_put_conflicts_and_a_dry_run_changes_nothing()
    {
        var (_, made) = await _api.SendAsync("POST", ConfigMaps, """{"metadata":{"name":"c"},"data":{"a":"1"}}""");
        _ = await _api.SendAsync("PATCH", ConfigMaps + "/c", """{"data":{"a":"2"}}""", "application/merge-patch+json");
        made["data"]!["a"] = "3";

        var (code, _) = await _api.SendAsync("PUT", ConfigMaps + "/c", made.ToJsonString());
        var (_, tried) = await _api.SendAsync(
            "PATCH", ConfigMaps + "/c?dryRun=All", """{"data":{"a":"4"}}""", "application/merge-patch+json");
        var (_, now) = await _api.SendAsync("GET", ConfigMaps + "/c");

        Assert.Equal(409, code);
        Assert.Equal("4", tried["data"]!["a"]!.GetValue<string>());
        Assert.Equal("2", now["data"]!["a"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_watch_with_a_selector_sees_objects_come_to_match_and_cease_to()
    {
        _ = await _api.SendAsync("POST", ConfigMaps, """{"metadata":{"name":"c"}}""");
        using var response = await _api.Client.GetAsync(
            new Uri(ConfigMaps + "?watch=1&labelSelector=pick=1&timeoutSeconds=20", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken);
        using var reader =
            new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        _ = await _api.SendAsync("PATCH", ConfigMaps + "/c", """{"metadata":{"labels":{"pick":"1"}}}""",
            "application/merge-patch+json");
        var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        _ = await _api.SendAsync("PATCH", ConfigMaps + "/c", """{"metadata":{"labels":null}}""",
            "application/merge-patch+json");
        var second = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.Equal("ADDED", JsonNode.Parse(first!)!["type"]!.GetValue<string>());
        Assert.Equal("DELETED", JsonNode.Parse(second!)!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_list_in_pages_has_everything_once()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            _ = await _api.SendAsync("POST", ConfigMaps, $$$"""{"metadata":{"name":"c-{{{number}}}"}}""");
        }

        var names = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var (_, page) = await _api.SendAsync("GET", $"{ConfigMaps}?limit=2&continue={next}");
            names.AddRange(page["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()));
            next = page["metadata"]!["continue"]?.GetValue<string>();
        }

        Assert.Equal(["c-1", "c-2", "c-3", "c-4", "c-5"], names);
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using var response =
            await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return RunningApi.Json(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
