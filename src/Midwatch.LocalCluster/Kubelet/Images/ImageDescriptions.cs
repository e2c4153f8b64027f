using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>What image files say, read again only when a file is not the one that was read before.</summary>
internal sealed class ImageDescriptions(TimeProvider time)
{
    // A file system tells times in steps of some milliseconds: what was written just before it was read may have been
    // written once more in the same step.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Null when the file is not there or no JSON: a registry does not serve what it cannot read.</summary>
    public JsonObject? Read(string file)
    {
        try
        {
            var now = new FileInfo(file);
            if (!now.Exists)
            {
                return null;
            }

            if (_known.TryGetValue(file, out var known) && known.Written == now.LastWriteTimeUtc
                && known.Length == now.Length)
            {
                return known.Description;
            }

            var read = time.GetUtcNow().UtcDateTime;
            var description = Parse(file);
            if (read - now.LastWriteTimeUtc > Step)
            {
                _known[file] = new Known(now.LastWriteTimeUtc, now.Length, description);
            }

            return description;
        }
        catch (IOException)
        {
            // Taken away, or locked, at this very moment; the others go on.
            return null;
        }
    }

    private static JsonObject? Parse(string file)
    {
        try
        {
            return JsonNode.Parse(
                File.ReadAllText(file),
                documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Known(DateTime Written, long Length, JsonObject? Description);
}
