using System.Globalization;
using System.Text.Json;

namespace Midwatch.Execution.Expectations;

/// <summary>Holds JSON against a shape with typed holes: <c>{"job_id": "&lt;uuid&gt;"}</c>.</summary>
internal static class JsonShapeCheck
{
    private const int DepthMax = 64;
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, MaxDepth = DepthMax };

    internal static ExpectationAnswer Of(string shape, string output)
    {
        if (Parse(shape) is not { } expected)
        {
            return new(null, "What the runbook expects is not JSON.");
        }

        using (expected)
        {
            using var actual = Parse(Outermost(output));
            if (actual is null)
            {
                return new(false, ExpectationCheck.Shown(output, "JSON is expected"));
            }

            var difference = Difference(expected.RootElement, actual.RootElement, "$");
            return new(difference is null, difference ?? ExpectationCheck.Shown(output, "It has the expected shape"));
        }
    }

    // curl's progress and other words may stand around the JSON.
    private static string Outermost(string output)
    {
        var start = output.IndexOfAny(['{', '[']);
        var end = output.LastIndexOfAny(['}', ']']);
        return start >= 0 && end > start ? output[start..(end + 1)] : output;
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Difference(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.ValueKind == JsonValueKind.String && Hole(expected.GetString()) is { } hole)
        {
            return Fills(hole, actual) ? null : $"{path} is {actual.GetRawText()}, which is no {hole}.";
        }

        if (expected.ValueKind != actual.ValueKind)
        {
            return $"{path} is {actual.GetRawText()}, expected is {expected.GetRawText()}.";
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject())
                {
                    var difference = actual.TryGetProperty(member.Name, out var value)
                        ? Difference(member.Value, value, $"{path}.{member.Name}")
                        : $"{path}.{member.Name} is not there.";
                    if (difference is not null)
                    {
                        return difference;
                    }
                }

                return null;
            case JsonValueKind.Array:
                return actual.GetArrayLength() < expected.GetArrayLength()
                    ? $"{path} has {actual.GetArrayLength()} items, expected are {expected.GetArrayLength()}."
                    : expected.EnumerateArray().Zip(actual.EnumerateArray())
                        .Select((pair, index) => Difference(pair.First, pair.Second, $"{path}[{index}]"))
                        .FirstOrDefault(difference => difference is not null);
            default:
                return expected.GetRawText() == actual.GetRawText()
                    ? null : $"{path} is {actual.GetRawText()}, expected is {expected.GetRawText()}.";
        }
    }

    private static string? Hole(string? text) =>
        text is ['<', .., '>'] ? text[1..^1].Trim()
        : text is "..." or "…" ? "anything" : null;

    private static bool Fills(string hole, JsonElement value) => hole.ToUpperInvariant() switch
    {
        "UUID" or "GUID" => value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out _),
        "NUMBER" or "INT" or "INTEGER" or "FLOAT" or "COUNT" => value.ValueKind == JsonValueKind.Number,
        "BOOL" or "BOOLEAN" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "TIMESTAMP" or "DATE" or "DATETIME" or "TIME" => value.ValueKind == JsonValueKind.Number
            || (value.ValueKind == JsonValueKind.String
                && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _)),
        _ => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            && !(value.ValueKind == JsonValueKind.String && value.GetString() is ""),
    };
}
