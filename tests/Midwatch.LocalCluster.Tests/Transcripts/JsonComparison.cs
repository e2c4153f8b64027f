using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>Compares JSON that the server sent: as values, so that neither order of keys nor layout counts.</summary>
internal static partial class JsonComparison
{
    /// <summary>True when both texts are JSON; then <paramref name="difference"/> says what differs, or null.</summary>
    public static bool TryCompare(string recorded, string present, Tokens tokens, out string? difference)
    {
        difference = null;
        if (Lines(recorded) is { } before && Lines(present) is { } after)
        {
            difference = Compare("", new JsonArray([.. before]), new JsonArray([.. after]), tokens);
            return true;
        }

        if (Parse(Unquoted().Replace(recorded, "$1\"$2\"$3")) is not { } left || Parse(present) is not { } right)
        {
            return false;
        }

        difference = Compare("", left, right, tokens);
        return true;
    }

    private static string? Compare(string path, JsonNode? recorded, JsonNode? present, Tokens tokens)
    {
        switch (recorded, present)
        {
            case (JsonObject left, JsonObject right):
                foreach (var name in left.Select(field => field.Key).Union(right.Select(field => field.Key)))
                {
                    var inLeft = left.TryGetPropertyValue(name, out var one);
                    var inRight = right.TryGetPropertyValue(name, out var other);
                    var below = $"{path}.{name}";
                    var found = inLeft && inRight ? Compare(below, one, other, tokens)
                        : inLeft ? $"{below}: {Short(one)} is missing" : $"{below}: {Short(other)} is too much";
                    if (found is not null)
                    {
                        return found;
                    }
                }

                return null;
            case (JsonArray left, JsonArray right)
                when path.EndsWith(".managedFields", StringComparison.Ordinal) && left.Count == right.Count:
                return CompareManagers(path, left, right, tokens);
            case (JsonArray left, JsonArray right):
                for (var at = 0; at < Math.Min(left.Count, right.Count); at++)
                {
                    if (Compare($"{path}[{at}]", left[at], right[at], tokens) is { } found)
                    {
                        return found;
                    }
                }

                return left.Count == right.Count ? null : $"{path}: {left.Count} items, now {right.Count}";
            default:
                return tokens.Match(Leaf(recorded), Leaf(present), []) ? null
                    : $"{path}: {Short(recorded)}, now {Short(present)}";
        }
    }

    // They come by the second in which they were written.
    private static string? CompareManagers(string path, JsonArray recorded, JsonArray present, Tokens tokens)
    {
        static string Manager(JsonNode? entry) => $"{entry?["manager"]}/{entry?["operation"]}/{entry?["subresource"]}";
        return recorded.OrderBy(Manager, StringComparer.Ordinal)
            .Zip(present.OrderBy(Manager, StringComparer.Ordinal))
            .Select(pair => Compare(path, pair.First, pair.Second, tokens))
            .FirstOrDefault(found => found is not null);
    }

    // A watch: an object on every line.
    private static List<JsonNode>? Lines(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Parse(Unquoted().Replace(line, "$1\"$2\"$3"))).ToList();
        return lines.Count > 1 && lines.TrueForAll(line => line is JsonObject) ? [.. lines.OfType<JsonNode>()] : null;
    }

    private static string Leaf(JsonNode? node) => node switch
    {
        null => "null",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    private static string Short(JsonNode? node) =>
        node?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 300)] : "null";

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject or JsonArray ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A token in the place of a number: quoted, so that the rest can be read.
    [GeneratedRegex(@"([:\[,]\s*)(<[a-zA-Z]+[0-9]*>)(\s*[,\]}\n])")]
    private static partial Regex Unquoted();
}
