namespace Midwatch.Kubernetes.Tests;

public sealed class KubeconfigTests : IDisposable
{
    private const string Sound = """
        apiVersion: v1
        kind: Config
        current-context: night
        clusters:
        - name: one
          cluster: {server: 'https://127.0.0.1:6443'}
        contexts:
        - name: night
          context: {cluster: one, user: watch, namespace: shop}
        users:
        - name: watch
          user: {token: t0ken}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_current_context_is_read()
    {
        var config = Assert.IsType<KubeconfigReading.Done>(Load(Sound)).Kubeconfig;

        Assert.Equal(("night", "shop", "t0ken"), (config.Context, config.Namespace, config.Token));
        Assert.Equal(new Uri("https://127.0.0.1:6443"), config.Server);
    }

    [Theory]
    [InlineData("current-context: night", "current-context: day", "has no context 'day'", "night")]
    [InlineData("current-context: night", "", "no current-context", "night")]
    [InlineData("cluster: one", "cluster: two", "names a cluster", "one")]
    [InlineData("user: watch,", "user: nobody,", "names a user", "watch")]
    [InlineData("https://127.0.0.1:6443", "127.0.0.1", "no http or https address", "https://HOST:PORT")]
    [InlineData("{token: t0ken}", "{exec: {command: aws}}", "starts no programs", "service account")]
    [InlineData("clusters:", "clusters: [", "not YAML", "Mend")]
    public void What_is_wrong_is_said_with_the_remedy(string part, string wrong, string message, string remedy)
    {
        var failed =
            Assert.IsType<KubeconfigReading.Failed>(Load(Sound.Replace(part, wrong, StringComparison.Ordinal)));

        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_no_exception()
    {
        var failed = Assert.IsType<KubeconfigReading.Failed>(Kubeconfig.Load(Path.Combine(_folder, "none")));

        Assert.Contains("KUBECONFIG", failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_files_the_first_that_has_an_entry_wins()
    {
        var first = Write("first", "current-context: night\n");
        var config =
            Assert.IsType<KubeconfigReading.Done>(Kubeconfig.Load($"{first}:{Write("second", Sound)}")).Kubeconfig;

        Assert.Equal("night", config.Context);
    }

    [Fact]
    public async Task A_server_that_does_not_listen_is_unreachable_and_named()
    {
        var config = Assert.IsType<KubeconfigReading.Done>(
            Load(Sound.Replace("https://127.0.0.1:6443", "http://127.0.0.1:1", StringComparison.Ordinal))).Kubeconfig;
        using var client = new KubernetesClient(config, TimeProvider.System);

        var answer = await client.GetAsync(ResourcePath.Core("nodes"), TestContext.Current.CancellationToken);

        Assert.Contains("127.0.0.1:1",
            Assert.IsType<KubernetesAnswer<System.Text.Json.JsonElement>.Unreachable>(answer).Message,
            StringComparison.Ordinal);
    }

    private KubeconfigReading Load(string text) => Kubeconfig.Load(Write("config", text));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
