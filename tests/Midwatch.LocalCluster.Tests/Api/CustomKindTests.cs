using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Definitions;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>Kinds that CustomResourceDefinitions make.</summary>
public sealed class CustomKindTests : IAsyncLifetime
{
    private const string Boats = "/apis/harbour.test/v1/namespaces/default/boats";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private const string Definition =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"boats.harbour.test"},
         "spec":{"group":"harbour.test","scope":"Namespaced","names":{"plural":"boats","kind":"Boat","shortNames":["bo"]},
         "versions":[
          {"name":"v1","served":true,"storage":true,"subresources":{"status":{},
            "scale":{"specReplicasPath":".spec.crew","statusReplicasPath":".status.crew","labelSelectorPath":".status.selector"}},
           "additionalPrinterColumns":[{"name":"Crew","type":"integer","jsonPath":".spec.crew"},
             {"name":"Afloat","type":"string","jsonPath":".status.conditions[?(@.type==\"Afloat\")].status"}],
           "schema":{"openAPIV3Schema":{"type":"object","properties":{
             "spec":{"type":"object","required":["port"],"properties":{
               "port":{"type":"string","enum":["east","west"]},
               "crew":{"type":"integer","minimum":1,"default":3},
               "length":{"x-kubernetes-int-or-string":true},
               "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
               "masts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                 "items":{"type":"object","properties":{"name":{"type":"string"},"sails":{"type":"integer","default":2}},
                   "x-kubernetes-validations":[{"rule":"self.sails >= oldSelf.sails","message":"sails are never taken down"}]}},
               "labels":{"type":"object","additionalProperties":{"type":"string","maxLength":3}}},
               "x-kubernetes-validations":[{"rule":"!has(self.masts) || self.masts.size() <= self.crew",
                 "messageExpression":"'no crew for ' + string(self.masts.size()) + ' masts'"}]},
             "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}},
          {"name":"v1beta1","served":true,"storage":false,"deprecated":true,
           "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;

    private RunningApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_kind_is_served_once_its_names_are_accepted()
    {
        Assert.Equal(404, (await _api.SendAsync("GET", Boats)).Code);
        _ = await _api.SendAsync("POST", Definitions, Definition);
        Assert.Equal(404, (await _api.SendAsync("GET", Boats)).Code);

        Accept("boats.harbour.test");

        Assert.Equal("BoatList", (await _api.SendAsync("GET", Boats)).Body["kind"]!.ToString());
        var (_, list) = await _api.SendAsync("GET", "/apis/harbour.test/v1");
        Assert.Equal(
            ["boats", "boats/status", "boats/scale"],
            list["resources"]!.AsArray().Select(one => one!["name"]!.ToString()));
        var (_, group) = await _api.SendAsync("GET", "/apis/harbour.test");
        Assert.Equal(["v1", "v1beta1"], group["versions"]!.AsArray().Select(one => one!["version"]!.ToString()));
        var (_, schemas) = await _api.SendAsync("GET", "/openapi/v3/apis/harbour.test/v1");
        Assert.Equal(
            "integer", schemas["components"]!["schemas"]!["test.harbour.v1.Boat"]!["properties"]!["spec"]!
                ["properties"]!["crew"]!["type"]!.ToString());
    }

    [Fact]
    public async Task A_name_that_another_definition_has_is_not_accepted()
    {
        await DefineAsync();
        var other = RunningApi.Json(Definition.Replace("boats", "barges", StringComparison.Ordinal));
        Assert.Equal(201, (await _api.SendAsync("POST", Definitions, other.ToJsonString())).Code);

        Accept("barges.harbour.test");

        var (_, read) = await _api.SendAsync("GET", Definitions + "/barges.harbour.test");
        var conditions = read["status"]!["conditions"]!.AsArray();
        Assert.Equal(
            [("NamesAccepted", "False", "SingularConflict"), ("Established", "False", "NotAccepted")],
            conditions.Select(one => (one!["type"]!.ToString(), one["status"]!.ToString(), one["reason"]!.ToString())));
        Assert.Equal(404, (await _api.SendAsync("GET", "/apis/harbour.test/v1/barges")).Code);
    }

    [Fact]
    public async Task What_the_schema_does_not_know_goes_and_what_it_gives_comes()
    {
        await DefineAsync();

        var (_, made) = await CreateAsync(
            """{"port":"east","keel":"deep","free":{"a":{"b":1}},"masts":[{"name":"main","flag":"x"}],"crew":null}""");

        Assert.Equal(
            """{"port":"east","free":{"a":{"b":1}},"masts":[{"name":"main","sails":2}],"crew":3}""",
            made["spec"]!.ToJsonString());
    }

    [Theory]
    [InlineData(
        """{"port":"north"}""",
        "spec.port: Unsupported value: \"north\": supported values: \"east\", \"west\"")]
    [InlineData("""{}""", "spec.port: Required value")]
    [InlineData(
        """{"port":"east","crew":0}""",
        "spec.crew: Invalid value: 0: spec.crew in body should be greater than or equal to 1")]
    [InlineData("""{"port":"east","crew":"x"}""", "spec.crew in body must be of type integer: \"string\"")]
    [InlineData("""{"port":"east","length":1.5}""", "spec.length in body must be of type integer,string: \"number\"")]
    [InlineData("""{"port":"east","labels":{"a":"long"}}""", "spec.labels.a: Too long: may not be more than 3 bytes")]
    [InlineData(
        """{"port":"east","masts":[{"name":"m"},{"name":"m"}]}""",
        "spec.masts[1]: Duplicate value: {\"name\":\"m\"}")]
    [InlineData(
        """{"port":"east","crew":1,"masts":[{"name":"m"},{"name":"n"}]}""",
        "spec: Invalid value: no crew for 2 masts")]
    public async Task What_the_schema_forbids_is_refused_with_the_reason(string spec, string message)
    {
        await DefineAsync();

        var (code, refusal) = await CreateAsync(spec);

        Assert.Equal(422, code);
        Assert.Contains(message, refusal["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_may_look_at_what_was_before()
    {
        await DefineAsync();
        _ = await CreateAsync("""{"port":"east","masts":[{"name":"main","sails":4},{"name":"fore"}]}""");

        var (code, refusal) = await PatchAsync("""{"spec":{"masts":[{"name":"fore"},{"name":"main","sails":1}]}}""");
        var (fine, _) = await PatchAsync("""{"spec":{"masts":[{"name":"main","sails":5}]}}""");

        Assert.Equal((422, 200), (code, fine));
        Assert.EndsWith("spec.masts[1]: Invalid value: sails are never taken down", refusal["message"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_and_scale_are_places_of_their_own()
    {
        await DefineAsync();
        _ = await CreateAsync("""{"port":"east"}""");

        _ = await PatchAsync("""{"status":{"crew":9},"spec":{"port":"west"}}""");
        _ = await PatchAsync("""{"status":{"crew":2,"selector":"a=b"},"spec":{"port":"east"}}""", "/status");
        var (_, scale) = await _api.SendAsync("GET", Boats + "/b/scale");
        _ = await PatchAsync("""{"spec":{"replicas":7}}""", "/scale");
        var (_, now) = await _api.SendAsync("GET", Boats + "/b");

        Assert.Equal("""{"replicas":2,"selector":"a=b"}""", scale["status"]!.ToJsonString());
        Assert.Equal("3", scale["spec"]!["replicas"]!.ToString());
        Assert.Equal(("7", "west", "2"), (now["spec"]!["crew"]!.ToString(), now["spec"]!["port"]!.ToString(),
            now["status"]!["crew"]!.ToString()));
        Assert.Equal("3", now["metadata"]!["generation"]!.ToString());
    }

    [Fact]
    public async Task Columns_are_those_that_were_asked_for()
    {
        await DefineAsync();
        _ = await CreateAsync("""{"port":"east"}""");
        _ = await PatchAsync(
            """{"status":{"conditions":[{"type":"Old","status":"x"},{"type":"Afloat","status":"True"}]}}""",
            "/status");

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Boats, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var table = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal("""["b",3,"True"]""", table["rows"]![0]!["cells"]!.ToJsonString());
    }

    [Fact]
    public async Task The_same_object_is_there_in_every_version()
    {
        await DefineAsync();
        _ = await CreateAsync("""{"port":"east"}""");
        var other = Boats.Replace("/v1/", "/v1beta1/", StringComparison.Ordinal) + "/b";

        var (_, read) = await _api.SendAsync("GET", other);
        read["spec"]!["port"] = "west";
        var (code, _) = await _api.SendAsync("PUT", other, read.ToJsonString());
        var (_, now) = await _api.SendAsync("GET", Boats + "/b");

        Assert.Equal("harbour.test/v1beta1", read["apiVersion"]!.ToString());
        Assert.Equal((200, "harbour.test/v1", "west"),
            (code, now["apiVersion"]!.ToString(), now["spec"]!["port"]!.ToString()));
    }

    [Fact]
    public async Task With_the_definition_go_the_objects()
    {
        await DefineAsync();
        _ = await CreateAsync("""{"port":"east"}""");

        _ = await _api.SendAsync("DELETE", Definitions + "/boats.harbour.test");
        Accept("boats.harbour.test");

        Assert.Equal(404, (await _api.SendAsync("GET", Boats + "/b")).Code);
        Assert.Empty(_api.Store.List("harbour.test", "boats", null));
    }

    [Theory]
    [InlineData("\"storage\":true", "\"storage\":false", "must have exactly one version marked as storage version")]
    [InlineData("boats.harbour.test", "ships.harbour.test", "must be spec.names.plural+\\u0022.\\u0022+spec.group")]
    [InlineData("self.sails >= oldSelf.sails", "self.sails >=", "compilation failed: ERROR")]
    [InlineData("self.masts.size()", "self.masts.sink()", "undeclared reference to 'sink'")]
    [InlineData("\"default\":3", "\"default\":0", "should be greater than or equal to 1")]
    [InlineData(
        "\"type\":\"integer\",\"minimum\"",
        "\"type\":\"whole\",\"minimum\"",
        "Unsupported value: \\u0022whole\\u0022")]
    public async Task A_definition_that_cannot_be_is_refused(string part, string instead, string message)
    {
        var (code, refusal) = await _api.SendAsync(
            "POST", Definitions, Definition.Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(422, code);
        Assert.Contains(message, refusal.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal)
            .Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task DefineAsync()
    {
        var (code, answer) = await _api.SendAsync("POST", Definitions, Definition);
        Assert.True(code == 201, answer.ToJsonString());
        Accept("boats.harbour.test");
    }

    private void Accept(string name) => new DefinitionController(
            new ClusterWriter(
                _api.Store, new EventRecorder(_api.Store, TimeProvider.System), (_, _) => null, TimeProvider.System),
            TimeProvider.System)
        .Reconcile(new ObjectKey("apiextensions.k8s.io", "customresourcedefinitions", null, name));

    private Task<(int Code, JsonObject Body)> CreateAsync(string spec) => _api.SendAsync("POST", Boats,
        $$$"""{"apiVersion":"harbour.test/v1","kind":"Boat","metadata":{"name":"b"},"spec":{{{spec}}}}""");

    private Task<(int Code, JsonObject Body)> PatchAsync(string patch, string subresource = "") =>
        _api.SendAsync("PATCH", $"{Boats}/b{subresource}", patch, "application/merge-patch+json");
}
