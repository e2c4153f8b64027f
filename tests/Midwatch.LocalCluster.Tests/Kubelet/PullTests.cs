using System.Text;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.Testing;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class PullTests : IAsyncLifetime
{
    private const string Private = """
        { "repository": "registry.example.internal/api", "tags": { "1.0": { "environment": { "RELEASE": "1.0" } } },
          "pullCredentials": { "username": "puller", "password": "s3cret" },
          "entrypoint": ["/bin/sh", "-c", "echo release $RELEASE; exec sleep 600"] }
        """;

    private readonly TestNode _node = new();

    public ValueTask InitializeAsync()
    {
        _node.Image("api", Private);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_tag_that_is_not_there_fails_and_backs_off_while_the_pod_has_its_address()
    {
        _node.Image("open",
            """{ "repository": "registry.example.internal/open", "tags": { "1": {} }, "entrypoint": ["sleep", "600"] }""");
        Pod("bad", "registry.example.internal/open:2");
        var pod = await WaitingAsync("bad", "ErrImagePull");
        const string Error =
            "rpc error: code = NotFound desc = failed to pull and unpack image \"registry.example.internal/open:2\": "
            + "failed to resolve reference \"registry.example.internal/open:2\": registry.example.internal/open:2: not found";
        Assert.Equal(Error, TestNode.MainOf(pod).Text("state", "waiting", "message"));
        Assert.StartsWith("127.", pod.Text("status", "podIP"), StringComparison.Ordinal);
        Assert.Equal("Pending", pod.Text("status", "phase"));
        pod = await WaitingAsync("bad", "ImagePullBackOff");
        Assert.Equal(
            $"Back-off pulling image \"registry.example.internal/open:2\": ErrImagePull: {Error}",
            TestNode.MainOf(pod).Text("state", "waiting", "message"));
        Assert.Equal(
            [
                "Normal Pulling: Pulling image \"registry.example.internal/open:2\"",
                $"Warning Failed: Failed to pull image \"registry.example.internal/open:2\": {Error}",
                "Warning Failed: Error: ErrImagePull",
                "Normal BackOff: Back-off pulling image \"registry.example.internal/open:2\"",
                "Warning Failed: Error: ImagePullBackOff",
            ],
            _node.Events("bad"));
        var log = await _node.Kubelet.ReadLogAsync(
            new("shop", "bad", "main"), Stream.Null, TestContext.Current.CancellationToken);
        Assert.Equal(
            new LogResult.Unavailable(
                "container \"main\" in pod \"bad\" is waiting to start: trying and failing to pull image"), log);
    }

    [Fact]
    public async Task Without_its_pull_secret_the_registry_answers_unauthorized()
    {
        Pod("api", "registry.example.internal/api:1.0", """ "imagePullSecrets": [ { "name": "regcred" } ], """);
        var pod = await WaitingAsync("api", "ErrImagePull");
        Assert.EndsWith(
            "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://registry.example.internal"
            + "/token?scope=repository%3Aapi%3Apull&service=registry.example.internal: 401 Unauthorized",
            TestNode.MainOf(pod).Text("state", "waiting", "message"),
            StringComparison.Ordinal);
        Assert.Equal(
            "Warning FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (regcred); "
            + "attempting to pull the image may not succeed.",
            _node.Events("api").First());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_pull_secret_of_the_pod_or_its_service_account_opens_the_registry(bool byAccount)
    {
        PullSecret("s3cret");
        _node.Create("", "serviceaccounts", "runner",
            """{ "kind": "ServiceAccount", "imagePullSecrets": [ { "name": "regcred" } ] }""");
        Pod("api", "registry.example.internal/api:1.0", byAccount
            ? """ "serviceAccountName": "runner", """
            : """ "imagePullSecrets": [ { "name": "regcred" } ], """);
        Assert.Equal("release 1.0", await _node.FirstLogLineAsync("api"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_too()
    {
        PullSecret("wrong");
        Pod("api", "registry.example.internal/api:1.0", """ "imagePullSecrets": [ { "name": "regcred" } ], """);
        var pod = await WaitingAsync("api", "ErrImagePull");
        Assert.Contains("failed to fetch oauth token", TestNode.MainOf(pod).Text("state", "waiting", "message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_was_pulled_is_not_asked_for_again_unless_the_policy_says_always()
    {
        PullSecret("s3cret");
        const string Secret = """ "imagePullSecrets": [ { "name": "regcred" } ], """;
        Pod("first", "registry.example.internal/api:1.0", Secret);
        await _node.ReadyAsync("first");
        Pod("second", "registry.example.internal/api:1.0");
        await _node.ReadyAsync("second");
        Assert.Contains(
            "Normal Pulled: Container image \"registry.example.internal/api:1.0\" already present on machine",
            _node.Events("second"));
        _node.Create("", "pods", "third", """
            { "kind": "Pod", "metadata": {}, "spec": { "nodeName": "node-1", "containers": [
              { "name": "main", "image": "registry.example.internal/api:1.0", "imagePullPolicy": "Always" } ] } }
            """);
        await WaitingAsync("third", "ErrImagePull");
    }

    [Fact]
    public async Task An_image_that_comes_later_is_found_by_the_next_attempt_even_in_a_folder_that_was_not_there()
    {
        var time = new ManualTimeProvider();
        await using var node = new TestNode(time);
        _ = node.Create("", "pods", "early", """
            { "kind": "Pod", "metadata": {}, "spec": { "nodeName": "node-1", "containers": [
              { "name": "main", "image": "late.example/app:1" } ] } }
            """);
        await ReachesAsync(main => main.Text("state", "waiting", "reason") == "ImagePullBackOff");
        var folder = Path.Combine(node.Directory, "images-of-another", "late");
        _ = Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "image.json");
        await File.WriteAllTextAsync(file, "{ half a", TestContext.Current.CancellationToken);
        await ReachesAsync(main => main.Text("state", "waiting", "reason") == "ErrImagePull");
        await File.WriteAllTextAsync(file,
            """{ "repository": "late.example/app", "tags": { "1": {} }, "entrypoint": ["sleep", "600"] }""",
            TestContext.Current.CancellationToken);
        await ReachesAsync(main => main.At("state", "running") is not null);

        System.Text.Json.Nodes.JsonObject Main() => TestNode.MainOf(node.Get("early")!);

        Task ReachesAsync(Func<System.Text.Json.Nodes.JsonObject, bool> isSo) => Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return isSo(Main());
        });
    }

    [Theory]
    [InlineData("nowhere.example/x:1", "dial tcp: lookup nowhere.example: no such host")]
    [InlineData("registry.example.internal/other:1", "insufficient_scope: authorization failed")]
    public async Task An_unknown_registry_and_an_unknown_repository_are_told_apart(string image, string end)
    {
        Pod("lost", image);
        var pod = await WaitingAsync("lost", "ErrImagePull");
        Assert.EndsWith(end, TestNode.MainOf(pod).Text("state", "waiting", "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_none_is_an_invalid_image_name()
    {
        Pod("odd", "not an image");
        var pod = await WaitingAsync("odd", "InvalidImageName");
        Assert.EndsWith("invalid reference format", TestNode.MainOf(pod).Text("state", "waiting", "message"),
            StringComparison.Ordinal);
    }

    private void PullSecret(string password)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"puller:{password}"));
        var config = $$"""{ "auths": { "https://registry.example.internal": { "auth": "{{auth}}" } } }""";
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(config));
        _node.Create("", "secrets", "regcred",
            $$"""{ "kind": "Secret", "data": { ".dockerconfigjson": "{{data}}" } }""");
    }

    private void Pod(string name, string image, string spec = "") => _node.Create("", "pods", name, $$"""
        { "kind": "Pod", "metadata": {}, "spec": { "nodeName": "node-1", {{spec}} "containers": [ { "name": "main", "image": "{{image}}" } ] } }
        """);

    private Task<System.Text.Json.Nodes.JsonObject> WaitingAsync(string pod, string reason) =>
        _node.UntilAsync(pod, body => TestNode.MainOf(body).Text("state", "waiting", "reason") == reason);
}
