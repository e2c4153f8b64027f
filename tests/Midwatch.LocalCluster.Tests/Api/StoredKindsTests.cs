using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>Kinds that are kept and shown as Kubernetes shows them, and that no controller acts on.</summary>
public sealed class StoredKindsTests : IAsyncLifetime
{
    private RunningApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/namespaces/default/resourcequotas", "ResourceQuotaList")]
    [InlineData("/api/v1/namespaces/default/limitranges", "LimitRangeList")]
    [InlineData("/api/v1/persistentvolumes", "PersistentVolumeList")]
    [InlineData("/apis/storage.k8s.io/v1/storageclasses", "StorageClassList")]
    [InlineData("/apis/scheduling.k8s.io/v1/priorityclasses", "PriorityClassList")]
    public async Task A_kind_of_which_there_is_none_answers_an_empty_list(string path, string kind)
    {
        var (code, list) = await _api.SendAsync("GET", path, null);

        Assert.Equal(200, code);
        Assert.Equal(kind, list["kind"]!.GetValue<string>());
        Assert.Empty(list["items"]!.AsArray());
    }

    [Fact]
    public async Task A_quota_is_shown_by_what_is_used_of_it()
    {
        const string Path = "/api/v1/namespaces/default/resourcequotas";
        var (created, _) =
            await _api.SendAsync("POST", Path, """{"metadata":{"name":"q"},"spec":{"hard":{"pods":"4"}}}""");
        var (updated, _) = await _api.SendAsync("PATCH", Path + "/q/status",
            """{"status":{"hard":{"pods":"4","limits.cpu":"2","requests.cpu":"1"},"used":{"pods":"3","limits.cpu":"500m"}}}""",
            "application/merge-patch+json");

        Assert.Equal((201, 200), (created, updated));
        Assert.Equal(
            ["q", "pods: 3/4, requests.cpu: 0/1", "limits.cpu: 500m/2"],
            (await CellsAsync(Path)).Take(3));
    }

    [Fact]
    public async Task A_storage_class_and_a_volume_are_shown_with_their_defaults()
    {
        const string Classes = "/apis/storage.k8s.io/v1/storageclasses";
        const string Volumes = "/api/v1/persistentvolumes";
        _ = await _api.SendAsync("POST", Classes, """
            {"metadata":{"name":"fast","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"example/disk"}
            """);
        _ = await _api.SendAsync("POST", Volumes, """
            {"metadata":{"name":"v"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"storageClassName":"fast",
             "persistentVolumeReclaimPolicy":"Retain","claimRef":{"namespace":"shop","name":"data"}},"status":{"phase":"Bound"}}
            """);

        Assert.Equal(["fast (default)", "example/disk", "Delete", "Immediate", "false"],
            (await CellsAsync(Classes)).Take(5));
        Assert.Equal(["v", "1Gi", "RWO", "Retain"], (await CellsAsync(Volumes)).Take(4));
        Assert.Equal(["shop/data", "fast", "<unset>"], (await CellsAsync(Volumes)).Skip(5).Take(3));
    }

    [Fact]
    public async Task A_priority_class_is_shown_with_its_number()
    {
        const string Path = "/apis/scheduling.k8s.io/v1/priorityclasses";
        _ = await _api.SendAsync("POST", Path, """{"metadata":{"name":"high"},"value":1000}""");

        Assert.Equal(["high", "1000", "false"], (await CellsAsync(Path)).Take(3));
    }

    private async Task<string[]> CellsAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var table = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return [
            .. table["rows"]![0]!["cells"]!.AsArray().Select(cell => cell is JsonValue value ? value.ToString() : "")];
    }
}
