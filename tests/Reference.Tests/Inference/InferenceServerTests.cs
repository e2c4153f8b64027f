using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Reference.Inference;
using Reference.Telemetry;

namespace Reference.Tests.Inference;

/// <summary>The protocol as a client sees it, over loopback.</summary>
public sealed class InferenceServerTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private readonly TestModels _models = new();

    [Fact]
    public async Task A_damaged_model_keeps_the_server_unready_and_is_named_with_its_reason()
    {
        await using var server = await ServeAsync(explicitControl: true);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync("/v2/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v2/health/live")).Status);
        var index = (await server.PostAsync("/v2/repository/index")).Json;
        Assert.Equal("READY", (string?)index[0]!["state"]);
        Assert.Equal("UNAVAILABLE", (string?)index[1]!["state"]);
        Assert.Contains("line 3", (string?)index[1]!["reason"], Exactly);
        var metrics = await server.GetAsync("/metrics");
        Assert.Contains("nv_model_ready_state{model=\"fragile\",version=\"1\"} 0", metrics.Body, Exactly);
    }

    [Fact]
    public async Task A_mended_model_is_loaded_by_request_and_unloaded_again()
    {
        await using var server = await ServeAsync(explicitControl: true);
        Assert.Equal(HttpStatusCode.BadRequest, (await LoadAsync(server, "fragile")).Status);
        _models.Mended = true;
        Assert.Equal(HttpStatusCode.OK, (await LoadAsync(server, "fragile")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v2/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v2/models/fragile/ready")).Status);
        await server.PostAsync("/v2/repository/models/fragile/unload");
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/v2/models/fragile/ready")).Status);
    }

    [Fact]
    public async Task Without_explicit_control_loading_is_refused_as_by_default_in_triton()
    {
        await using var server = await ServeAsync(explicitControl: false);
        var answer = await LoadAsync(server, "echo");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("not allowed", (string?)answer.Json["error"], Exactly);
    }

    [Theory]
    [InlineData("not json", "failed to parse")]
    [InlineData("{}", "no 'inputs'")]
    [InlineData("[1]", "no 'inputs'")]
    [InlineData("""{"inputs": []}""", "one input is expected")]
    public async Task A_request_that_the_model_cannot_take_is_refused_with_the_reason(string body, string reason)
    {
        await using var server = await ServeAsync(explicitControl: false);
        var answer = await server.PostAsync("/v2/models/echo/infer", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(reason, (string?)answer.Json["error"], Exactly);
        var metrics = await server.GetAsync("/metrics");
        Assert.Contains("nv_inference_request_failure{model=\"echo\",version=\"1\"} 1", metrics.Body, Exactly);
    }

    [Fact]
    public async Task An_inference_is_answered_with_model_version_and_outputs_and_an_unknown_model_is_not_found()
    {
        const string Request = """{"inputs": [{"name": "IN"}]}""";
        await using var server = await ServeAsync(explicitControl: false);
        var answer = (await server.PostAsync("/v2/models/echo/infer", Request)).Json;
        Assert.Equal("echo", (string?)answer["model_name"]);
        Assert.Equal("IN", (string?)answer["outputs"]![0]!["name"]);
        var unknown = await server.PostAsync("/v2/models/none/infer", Request);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/v2/models/")).Status);
        Assert.Equal("FP32", (string?)(await server.GetAsync("/v2/models/echo")).Json["inputs"]![0]!["datatype"]);
    }

    private Task<Service> ServeAsync(bool explicitControl) => Service.StartAsync(app =>
    {
        var metrics = new InferenceMetrics();
        var repository = new ModelRepository(_models, metrics, NullLogger.Instance);
        repository.LoadAll();
        new InferenceApi(repository, metrics, TimeProvider.System).MapTo(app);
        new RepositoryApi(repository, explicitControl).MapTo(app);
        app.MapMetrics(null, metrics.All);
    });

    private static Task<Service.Answer> LoadAsync(Service server, string model) =>
        server.PostAsync($"/v2/repository/models/{model}/load");
}
