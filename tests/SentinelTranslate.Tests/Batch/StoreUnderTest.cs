using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Reference.Blobs;
using SentinelTranslate.Objects;
using SentinelTranslate.ObjectStore;

namespace SentinelTranslate.Tests.Batch;

/// <summary>An object store on a free port of loopback, with the bucket <c>texts</c> in a folder of its own.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    internal static readonly AccessKey Key = new("reader", "a secret", "us-east-1");
    private readonly WebApplication _app;
    private readonly string _folder;

    private StoreUnderTest(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    internal HttpClient Http { get; }

    internal static async Task<StoreUnderTest> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("objects").FullName;
        var blobs = new BlobStore(folder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        new ObjectApi(Key, ["texts"], blobs, TimeProvider.System, NullLogger.Instance).MapTo(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new StoreUnderTest(app, folder);
    }

    internal ObjectClient Client(AccessKey? key = null) => new(Http, key ?? Key, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
