using System.Net;
using Iris.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Reference.Tests.Iris;

public sealed class GatewayTests : IDisposable
{
    private const string Flower = """{"sepal_length":5,"sepal_width":3,"petal_length":1,"petal_width":1}""";
    private readonly string _key = Path.GetTempFileName();
    private readonly List<HttpClient> _clients = [];

    [Theory]
    [InlineData("""{"ready":true,"model_loaded":true,"model_version":"7","error":null}""", 200, HttpStatusCode.OK)]
    [InlineData("""{"detail":{"model_loaded":false,"error":"corrupted"}}""", 503, HttpStatusCode.ServiceUnavailable)]
    public async Task It_is_as_ready_as_the_inference_service(string said, int status, HttpStatusCode expected)
    {
        await using var inference = await Service.StartAsync(app => app.MapGet("/health/ready", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(said);
        }));
        await using var gateway = await StartAsync(inference.Address, keyFile: null);
        var answer = await gateway.GetAsync("/health/ready");
        Assert.Equal(expected, answer.Status);
        Assert.Equal(status == 200, (bool)answer.Json["ready"]!);
        Assert.Equal(status == 200 ? null : "corrupted", (string?)answer.Json["error"]);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Without_the_inference_service_it_lives_and_predicts_nothing()
    {
        await using var gateway = await StartAsync(new Uri("http://127.0.0.1:1"), keyFile: null);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.GetAsync("/health/ready")).Status);
        var answer = await gateway.PostAsync("/predict", Flower);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("inference-service", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.PostAsync("/predict", "{}")).Status);
    }

    [Fact]
    public async Task The_key_that_is_good_is_the_one_that_the_file_holds_now()
    {
        await File.WriteAllTextAsync(_key, "old\n", TestContext.Current.CancellationToken);
        var key = new ApiKey(_key);
        Assert.True(await key.AcceptsAsync("old", TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(_key, "new", TestContext.Current.CancellationToken);
        Assert.False(await key.AcceptsAsync("old", TestContext.Current.CancellationToken));
        Assert.True(await key.AcceptsAsync("new", TestContext.Current.CancellationToken));
        await using var gateway = await StartAsync(new Uri("http://127.0.0.1:1"), _key);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.PostAsync("/predict", Flower)).Status);
    }

    [Fact]
    public void Only_a_strict_release_has_no_defaults()
    {
        var settings = new Dictionary<string, string> { ["INFERENCE_SERVICE_URL"] = "http://inference-service:5000" };
        Assert.Equal(2, GatewaySettings.Read(settings.GetValueOrDefault).InferenceLimit.TotalSeconds);
        settings["SETTINGS_STRICT"] = "true";
        var failure = Assert.Throws<FormatException>(() => GatewaySettings.Read(settings.GetValueOrDefault));
        Assert.Contains("INFERENCE_TIMEOUT_MS", failure.Message, StringComparison.Ordinal);
        settings["INFERENCE_SERVICE_URL"] = "inference-service:5000";
        Assert.Throws<FormatException>(() => GatewaySettings.Read(settings.GetValueOrDefault));
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        File.Delete(_key);
    }

    private Task<Service> StartAsync(Uri inference, string? keyFile)
    {
        var http = new HttpClient { BaseAddress = inference, Timeout = TimeSpan.FromSeconds(2) };
        _clients.Add(http);
        return Service.StartAsync(app => new GatewayRoutes(
            new InferenceClient(http), new ApiKey(keyFile), NullLogger.Instance).MapTo(app));
    }
}
