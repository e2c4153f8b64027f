using Iris.BlobStorage;
using Reference.Blobs;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("blob-storage", Open, async (start, service) =>
{
    var requests = service.Measure(TimeProvider.System);
    service.App.MapMetrics(null, requests.All);
    new BlobApi(start.Settings.Key, start.Store, TimeProvider.System, service.Log).MapTo(service.App);
    await service.RunAsync();
});

static (StorageSettings Settings, BlobStore Store) Open()
{
    var settings = StorageSettings.Read(Environment.GetEnvironmentVariable);
    var store = new BlobStore(settings.Folder, TimeProvider.System);
    if (settings.Seed is { } seed)
    {
        store.Seed(seed);
    }

    return (settings, store);
}
