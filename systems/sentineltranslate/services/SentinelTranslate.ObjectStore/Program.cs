using System.Collections.Immutable;
using Reference.Blobs;
using Reference.Telemetry;
using Reference.Web;
using SentinelTranslate.Objects;
using SentinelTranslate.ObjectStore;

return await ServiceHost.RunAsync("object-store", Open, async (start, service) =>
{
    var requests = service.Measure(TimeProvider.System);
    service.App.MapMetrics(null, requests.All);
    new ObjectApi(start.Key, start.Buckets, start.Store, TimeProvider.System, service.Log).MapTo(service.App);
    await service.RunAsync();
});

static (AccessKey Key, ImmutableArray<string> Buckets, BlobStore Store) Open() => (
    AccessKey.Read(Environment.GetEnvironmentVariable),
    [.. Variables.Process.Need("BUCKETS").Split(',', StringSplitOptions.TrimEntries)],
    new BlobStore(
        Variables.Process.Find("MIDWATCH_ROOT") + (Variables.Process.Find("STORE_FOLDER") ?? "/data"),
        TimeProvider.System));
