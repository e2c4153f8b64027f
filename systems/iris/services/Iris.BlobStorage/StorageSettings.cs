using Iris.Storage;

namespace Iris.BlobStorage;

/// <summary>What the pod tells its container.</summary>
/// <param name="Key">The account and its key.</param>
/// <param name="Folder">Where blobs lie.</param>
/// <param name="Seed">A folder with a folder a container, copied into an empty store; null for none.</param>
internal sealed record StorageSettings(SharedKey Key, string Folder, string? Seed)
{
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static StorageSettings Read(Func<string, string?> variable) => new(
        SharedKey.Parse(variable("STORAGE_ACCOUNT"), variable("STORAGE_ACCESS_KEY")),
        variable("MIDWATCH_ROOT") + (variable("STORAGE_FOLDER") ?? "/data"),
        variable("STORAGE_SEED"));
}
