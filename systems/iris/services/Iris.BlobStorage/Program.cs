using Iris.BlobStorage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;

StorageSettings settings;
BlobStore store;
try
{
    settings = StorageSettings.Read(Environment.GetEnvironmentVariable);
    store = new BlobStore(settings.Folder, TimeProvider.System);
    if (settings.Seed is { } seed)
    {
        store.Seed(seed);
    }
}
catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("blob-storage");
var requests = new RequestMetrics(TimeProvider.System);
requests.AddTo(app);
app.MapMetrics(null, requests.All);
new BlobApi(settings.Key, store, TimeProvider.System, log).MapTo(app);
await app.RunAsync();
return 0;
