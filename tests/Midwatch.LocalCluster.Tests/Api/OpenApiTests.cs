using Midwatch.LocalCluster.Api.Discovery;
using Midwatch.LocalCluster.Objects.Schema;
using YamlDotNet.RepresentationModel;

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

    [Fact]
    public async Task Fields_are_described_in_both_versions()
    {
        var (_, third) = await _api.SendAsync("GET", "/openapi/v3/api/v1");
        var (_, second) = await _api.SendAsync("GET", "/openapi/v2");
        foreach (var container in new[]
        {
            third["components"]!["schemas"]!["io.k8s.api.core.v1.Container"]!,
            second["definitions"]!["io.k8s.api.core.v1.Container"]!,
        })
        {
            Assert.StartsWith("One program", container["description"]!.ToString(), StringComparison.Ordinal);
            Assert.StartsWith("How much CPU and memory", container["properties"]!["resources"]!["description"]!
                .ToString(), StringComparison.Ordinal);
        }

        Assert.NotNull(second["definitions"]!["io.k8s.api.core.v1.Pod"]!["properties"]!["kind"]!["description"]);
        Assert.InRange(FieldDescriptions.Embedded.Count, 150, int.MaxValue);
    }

    [Theory]
    [InlineData("Nonsense: { name: x }", "there is no type Nonsense")]
    [InlineData("Pod: { nonsense: x }", "type Pod has no field nonsense")]
    [InlineData("Pod: { spec: ' ' }", "Pod.spec says nothing")]
    [InlineData("Pod: { spec: { deeper: x } }", "Pod.spec says nothing")]
    public void A_description_of_what_is_not_there_is_refused(string yaml, string problem)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        Assert.Equal(problem, Assert.Throws<FormatException>(
            () => new FieldDescriptions(stream.Documents[0].RootNode, SchemaCatalog.Embedded)).Message);
    }

    [Theory]
    [InlineData("1.20")]
    [InlineData("1.29")]
    [InlineData("1.33")]
    public async Task Kubectl_explains_fields_and_what_is_below_them(string version)
    {
        var kubectl = Kubectl.Of(version, _api);
        var probe = await kubectl.GetAsync("explain", "pod.spec.containers.livenessProbe");
        Assert.Contains("While it fails often enough the container is restarted.", Flat(probe),
            StringComparison.Ordinal);
        Assert.Contains("Well when the command ends with 0.", Flat(probe), StringComparison.Ordinal);
        Assert.Contains("What is reserved, and what is allowed at most.",
            Flat(await kubectl.GetAsync("explain", "pod.spec.containers.resources")), StringComparison.Ordinal);
        var strategy = await kubectl.GetAsync("explain", "deployment.spec.strategy", "--recursive");
        Assert.Contains("How old pods are replaced by new ones.", Flat(strategy), StringComparison.Ordinal);
        Assert.Contains("maxUnavailable", strategy, StringComparison.Ordinal);

        static string Flat(string text) =>
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
