using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Iris.KeyVault;

/// <summary>Secrets with all their versions, in one file.</summary>
/// <remarks>Safe to use from many threads; one process a file.</remarks>
internal sealed class Vault
{
    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly TimeProvider _time;
    private ImmutableSortedDictionary<string, ImmutableArray<SecretVersion>> _secrets;

    /// <exception cref="IOException">The file cannot be read, or is damaged.</exception>
    public Vault(string file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        _secrets = ImmutableSortedDictionary.Create<string, ImmutableArray<SecretVersion>>(
            StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            _secrets = _secrets.AddRange(JsonSerializer.Deserialize<
                Dictionary<string, ImmutableArray<SecretVersion>>>(File.ReadAllText(file)) ?? []);
        }
        catch (JsonException failure)
        {
            throw new IOException($"{file} is damaged: {failure.Message}", failure);
        }
    }

    /// <summary>Gets the names of all secrets, in order.</summary>
    public ImmutableArray<string> Names => [.. _secrets.Keys];

    /// <summary>Finds the newest version, or the one of that id; null when there is none.</summary>
    public SecretVersion? Find(string name, string? id)
    {
        var versions = _secrets.GetValueOrDefault(name, []);
        return id is null ? versions.LastOrDefault() : versions.FirstOrDefault(version => version.Id == id);
    }

    /// <summary>Gives a secret a new value; those before it are kept.</summary>
    /// <exception cref="IOException">It could not be kept, and so is not so.</exception>
    public SecretVersion Set(string name, string value)
    {
        lock (_gate)
        {
            var version = new SecretVersion(RandomNumberGenerator.GetHexString(32), value, _time.GetUtcNow());
            var secrets = _secrets.SetItem(name, _secrets.GetValueOrDefault(name, []).Add(version));
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            File.WriteAllText(_file + ".new", JsonSerializer.Serialize(secrets));
            File.Move(_file + ".new", _file, overwrite: true);
            _secrets = secrets;
            return version;
        }
    }
}
