using Midwatch.Execution.Places;
using Midwatch.Execution.Steps;
using Midwatch.Execution.Tests.Sealing;
using Midwatch.Execution.Tests.Steps;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Tests.Places;

public sealed class ServiceNameProxyTests
{
    private const string Mark = "/api/v1/namespaces/kube-public/configmaps/midwatch-local";
    private const string Names = "/api/v1/namespaces/kube-public/configmaps/midwatch-names";

    [Theory]
    [InlineData("""{"data":{"proxy":"127.0.0.1:4711"}}""", "http://shop@127.0.0.1:4711")]
    [InlineData("""{"data":{"proxy":"10.0.0.1:4711"}}""", null)]
    [InlineData("""{"data":{"proxy":"proxy.example.com:4711"}}""", null)]
    [InlineData("""{"data":{}}""", null)]
    [InlineData("{}", null)]
    public async Task The_local_clusters_proxy_is_found_and_only_on_loopback(string map, string? proxy)
    {
        await using var server = new ApiServer();
        server[Names] = map;
        Assert.Null(await FindAsync(server.Client));
        server[Mark] = "{}";
        Assert.Equal(proxy, (await FindAsync(server.Client))?.OriginalString);
    }

    [Fact]
    public async Task A_cluster_that_is_not_on_loopback_is_not_even_asked()
    {
        using var client = new KubernetesClient(
            new Kubeconfig
            {
                Path = "test", Context = "test", Server = new Uri("http://cluster.invalid"), Namespace = "shop",
            },
            TimeProvider.System);
        Assert.Null(await FindAsync(client));
    }

    [Fact]
    public async Task Programs_get_it_and_none_where_there_is_none()
    {
        var proxy = new Uri("http://shop@127.0.0.1:4711");
        await using var local = new Bench(options => options with { ServiceNames = proxy });
        var outcome = await local.RunAsync("env", Allowance.Reading with { SecretOutput = true });
        foreach (var name in (string[])["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"])
        {
            Assert.Contains($"\n{name}=http://shop@127.0.0.1:4711\n", $"\n{outcome.Output.Text}",
                StringComparison.Ordinal);
        }

        Assert.Contains("\nno_proxy=localhost,127.0.0.1,", $"\n{outcome.Output.Text}", StringComparison.Ordinal);
        await using var real = new Bench();
        outcome = await real.RunAsync("env", Allowance.Reading with { SecretOutput = true });
        Assert.Contains("KUBECONFIG=", outcome.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy", outcome.Output.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<Uri?> FindAsync(KubernetesClient client) =>
        ServiceNameProxy.FindAsync(client, TestContext.Current.CancellationToken);
}
