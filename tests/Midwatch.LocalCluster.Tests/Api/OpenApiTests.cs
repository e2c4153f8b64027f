namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>The documents that kubectl explains, validates and merges by.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    private RunningApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_second_version_has_every_kind_and_everything_that_it_refers_to()
    {
        var (code, document) = await _api.SendAsync("GET", "/openapi/v2");

        Assert.Equal(200, code);
        var definitions = document["definitions"]!.AsObject();
        var kinds = definitions.SelectMany(one =>
            one.Value!["x-kubernetes-group-version-kind"]?.AsArray().Select(kind => kind!["kind"]!.ToString()) ?? []);
        Assert.Superset(
            new HashSet<string> { "Pod", "Deployment", "CronJob", "CustomResourceDefinition" }, kinds.ToHashSet());
        var text = document.ToJsonString();
        Assert.DoesNotContain("#/components/", text, StringComparison.Ordinal);
        var referred = System.Text.RegularExpressions.Regex.Matches(text, "\"#/definitions/([^\"]+)\"")
            .Select(found => found.Groups[1].Value).ToHashSet();
        Assert.Subset(definitions.Select(one => one.Key).ToHashSet(), referred);
    }

    [Fact]
    public async Task The_second_version_is_there_in_gnostic_s_form_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi/v2", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        // Field 1, three bytes: the version.
        Assert.Equal([0x0a, 3, .. "2.0"u8], bytes[..5]);
        Assert.Contains("io.k8s.api.apps.v1.Deployment", System.Text.Encoding.UTF8.GetString(bytes),
            StringComparison.Ordinal);
    }
}
