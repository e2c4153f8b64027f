using System.Globalization;
using Iris.BlobTool;
using Iris.Storage;

// Works on the container that STORAGE_ENDPOINT, STORAGE_ACCOUNT, STORAGE_ACCESS_KEY and STORAGE_CONTAINER name.
const string Usage = """
    usage: blob download BLOB FILE       fetches a blob
           blob upload FILE BLOB         stores a new blob, FILE - from its input; --overwrite: or a new version of it
           blob list [PREFIX]            every version, the current one marked with a star
           blob restore BLOB VERSION     makes an earlier version the current one
    """;
string? Variable(string name) => Environment.GetEnvironmentVariable(name);
var root = Variable("MIDWATCH_ROOT");
try
{
    var key = SharedKey.Parse(Variable("STORAGE_ACCOUNT"), Variable("STORAGE_ACCESS_KEY"));
    if (!Uri.TryCreate(Variable("STORAGE_ENDPOINT"), UriKind.Absolute, out var endpoint))
    {
        throw new FormatException("STORAGE_ENDPOINT is not set, or no address such as http://blob-storage:10000");
    }

    using var http = new HttpClient { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(10) };
    var blobs = new BlobClient(http, key, Variable("STORAGE_CONTAINER") ?? "models", TimeProvider.System);
    switch (args)
    {
        case ["download", var blob, var file]:
            Console.WriteLine($"Downloading {blob} from storage account {key.Account}");
            var (model, version) = await FirstAnswer.OfAsync(
                () => blobs.GetAsync(blob, version: null, CancellationToken.None), TimeProvider.System);

            // Renamed into place: nobody must ever read half a file.
            await File.WriteAllBytesAsync(root + file + ".new", model);
            File.Move(root + file + ".new", root + file, overwrite: true);
            Console.WriteLine($"Downloaded {model.Length} bytes (version {version}) to {file}");
            return 0;
        case ["upload", var file, var blob, .. var rest] when rest is [] or ["--overwrite"]:
            using (var content = new MemoryStream())
            {
                await using var source = file == "-" ? Console.OpenStandardInput() : File.OpenRead(root + file);
                await source.CopyToAsync(content);
                var stored = await blobs.PutAsync(blob, content.ToArray(), rest.Length > 0, CancellationToken.None);
                Console.WriteLine($"Stored {blob} (version {stored})");
            }

            return 0;
        case ["list", .. var prefix] when prefix.Length < 2:
            foreach (var entry in await blobs.ListAsync(prefix.FirstOrDefault(""), CancellationToken.None))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{(entry.IsCurrent ? '*' : ' ')} {entry.Name}  {entry.Version}  {entry.Length}"));
            }

            return 0;
        case ["restore", var blob, var earlier]:
            Console.WriteLine($"Restored {blob} (version {await blobs.RestoreAsync(
                blob, earlier, CancellationToken.None)})");
            return 0;
        default:
            await Console.Error.WriteLineAsync(Usage);
            return 2;
    }
}
catch (Exception failure) when (failure is FormatException or StorageException or IOException
    or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"blob: {failure.Message}");
    return 1;
}
