using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Reference.Blobs;

/// <summary>Blobs with all their versions in a folder: numbered files, and an index that says what they are.</summary>
/// <remarks>Safe to use from many threads; one process a folder.</remarks>
public sealed class BlobStore
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly TimeProvider _time;
    private ImmutableArray<StoredVersion> _index = [];
    private DateTime _newest;

    /// <exception cref="IOException">The folder cannot be used, or its index is damaged.</exception>
    public BlobStore(string folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        Directory.CreateDirectory(folder);
        if (!File.Exists(Index))
        {
            return;
        }

        try
        {
            _index = JsonSerializer.Deserialize<ImmutableArray<StoredVersion>>(File.ReadAllText(Index));
        }
        catch (JsonException failure)
        {
            throw new IOException($"{Index} is damaged: {failure.Message}", failure);
        }
    }

    private string Index => Path.Combine(_folder, "index.json");

    /// <summary>Fills an empty store from a folder that has a folder for each container.</summary>
    public void Seed(string seed)
    {
        foreach (var container in _index.IsEmpty ? Directory.GetDirectories(seed) : [])
        {
            foreach (var file in Directory.GetFiles(container, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal))
            {
                _ = Put(Path.GetFileName(container), Path.GetRelativePath(container, file), File.ReadAllBytes(file));
            }
        }
    }

    /// <summary>Whether the container is there: it is made with its first blob.</summary>
    public bool HasContainer(string container) => _index.Any(version => version.Container == container);

    /// <summary>Finds a blob's current version, or the named one; null when there is none.</summary>
    public StoredVersion? Find(string container, string blob, string? version) => _index.LastOrDefault(
        one => one.Container == container && one.Blob == blob
            && (version is null ? one.IsCurrent : one.Version == version));

    /// <summary>Reads a version's content.</summary>
    public byte[] Read(StoredVersion version) => File.ReadAllBytes(FileOf(version.Number));

    /// <summary>Stores a new version and makes it the current one.</summary>
    public StoredVersion Put(string container, string blob, byte[] content)
    {
        lock (_gate)
        {
            var number = _index.Length;
            var now = _time.GetUtcNow().UtcDateTime;
            _newest = now > _newest ? now : _newest.AddTicks(1); // two versions never have the same time
            var version = new StoredVersion(
                container, blob, _newest.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
                number, content.Length, IsCurrent: true);
            File.WriteAllBytes(FileOf(number), content);
            Save([.. Without(container, blob), version]);
            return version;
        }
    }

    /// <summary>Takes the current version away; it and those before it can be restored.</summary>
    public bool Delete(string container, string blob)
    {
        lock (_gate)
        {
            if (Find(container, blob, version: null) is null)
            {
                return false;
            }

            Save([.. Without(container, blob)]);
            return true;
        }
    }

    /// <summary>Lists the versions of a container's blobs, by name, the oldest first.</summary>
    public ImmutableArray<StoredVersion> List(string container, string prefix) =>
    [
        .. _index.Where(one => one.Container == container && one.Blob.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(one => one.Blob, StringComparer.Ordinal).ThenBy(one => one.Number),
    ];

    // The blob without a current version: those it has are kept.
    private IEnumerable<StoredVersion> Without(string container, string blob) => _index.Select(one =>
        one.Container == container && one.Blob == blob ? one with { IsCurrent = false } : one);

    // Renamed into place: a crash leaves the index before.
    private void Save(ImmutableArray<StoredVersion> index)
    {
        File.WriteAllText(Index + ".new", JsonSerializer.Serialize(index));
        File.Move(Index + ".new", Index, overwrite: true);
        _index = index;
    }

    private string FileOf(int number) =>
        Path.Combine(_folder, number.ToString("D6", CultureInfo.InvariantCulture) + ".blob");
}
