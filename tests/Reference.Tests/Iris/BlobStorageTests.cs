using System.Text;
using Iris.BlobStorage;
using Iris.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Reference.Blobs;

namespace Reference.Tests.Iris;

public sealed class BlobStorageTests : IDisposable
{
    private const string Blob = "iris-classifier/v1.0.0/model.pkl";
    private static readonly SharedKey Key = SharedKey.Parse("account", Convert.ToBase64String("one"u8));
    private readonly string _folder = Directory.CreateTempSubdirectory("blobs").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_stored_once_overwritten_when_asked_and_restored()
    {
        await using var service = await StartAsync();
        using var http = new HttpClient { BaseAddress = service.Address };
        var blobs = new BlobClient(http, Key, "models", TimeProvider.System);
        var first = await blobs.PutAsync(Blob, "first"u8.ToArray(), overwrite: false, Stop);
        var refused = await Assert.ThrowsAsync<StorageException>(
            () => blobs.PutAsync(Blob, "second"u8.ToArray(), overwrite: false, Stop));
        Assert.Contains("409 BlobAlreadyExists", refused.Message, StringComparison.Ordinal);
        await blobs.PutAsync(Blob, "second"u8.ToArray(), overwrite: true, Stop);
        Assert.Equal("second", await TextAsync(blobs, version: null));
        Assert.Equal("first", await TextAsync(blobs, first));

        var restored = await blobs.RestoreAsync(Blob, first, Stop);
        Assert.Equal("first", await TextAsync(blobs, version: null));
        var list = await blobs.ListAsync("iris-", Stop);
        Assert.Equal([false, false, true], list.Select(entry => entry.IsCurrent));
        Assert.Equal((restored, 5), (list[^1].Version, list[^1].Length));
        Assert.Empty(await blobs.ListAsync("other", Stop));
    }

    [Fact]
    public async Task Who_has_another_key_gets_nothing()
    {
        await using var service = await StartAsync();
        using var http = new HttpClient { BaseAddress = service.Address };
        var other = SharedKey.Parse("account", Convert.ToBase64String("two"u8));
        var refused = await Assert.ThrowsAsync<StorageException>(
            () => new BlobClient(http, other, "models", TimeProvider.System).GetAsync(Blob, null, Stop));
        Assert.Contains("403 AuthenticationFailed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_and_who_is_away_is_told_by_name()
    {
        await using (var service = await StartAsync())
        {
            using var http = new HttpClient { BaseAddress = service.Address };
            var blobs = new BlobClient(http, Key, "models", TimeProvider.System);
            var none = await Assert.ThrowsAsync<StorageException>(() => blobs.GetAsync(Blob, null, Stop));
            Assert.Contains("404 ContainerNotFound", none.Message, StringComparison.Ordinal);
            await blobs.PutAsync("other", [1], overwrite: false, Stop);
            var missing = await Assert.ThrowsAsync<StorageException>(() => blobs.GetAsync(Blob, null, Stop));
            Assert.Contains("404 BlobNotFound", missing.Message, StringComparison.Ordinal);
        }

        using var away = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };
        var silent = await Assert.ThrowsAsync<StorageException>(
            () => new BlobClient(away, Key, "models", TimeProvider.System).GetAsync(Blob, null, Stop));
        Assert.Contains("cannot be reached", silent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_starts_anew_has_what_it_had_and_is_not_seeded_again()
    {
        var seed = Path.Combine(_folder, "seed");
        Directory.CreateDirectory(Path.Combine(seed, "models", "iris"));
        File.WriteAllText(Path.Combine(seed, "models", "iris", "a"), "seeded");
        var data = Path.Combine(_folder, "data");
        var before = new BlobStore(data, TimeProvider.System);
        before.Seed(seed);
        Assert.True(before.Delete("models", "iris/a"));

        var after = new BlobStore(data, TimeProvider.System);
        after.Seed(seed);
        Assert.Null(after.Find("models", "iris/a", version: null));
        Assert.Equal("seeded", Encoding.UTF8.GetString(after.Read(Assert.Single(after.List("models", "")))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> TextAsync(BlobClient blobs, string? version) =>
        Encoding.UTF8.GetString((await blobs.GetAsync(Blob, version, Stop)).Content);

    private Task<Service> StartAsync() => Service.StartAsync(app => new BlobApi(
        Key, new BlobStore(_folder, TimeProvider.System), TimeProvider.System, NullLogger.Instance).MapTo(app));
}
