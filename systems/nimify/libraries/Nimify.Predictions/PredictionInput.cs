using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nimify.Predictions;

/// <summary>
/// The rows of a request: <c>{"input": [[1, 2, 3], …]}</c>, or one row as <c>{"input": [1, 2, 3]}</c>.
/// </summary>
public static class PredictionInput
{
    /// <summary>As many rows may be sent at once.</summary>
    public const int RowsMax = 64;

    /// <summary>Reads a request's body.</summary>
    /// <returns>The rows; or a sentence that says what is wrong with them.</returns>
    public static (ImmutableArray<ImmutableArray<double>> Rows, string? Problem) Parse(string body)
    {
        JsonNode? input;
        try
        {
            input = (JsonNode.Parse(body) as JsonObject)?["input"];
        }
        catch (JsonException failure)
        {
            return ([], $"the body is no JSON: {failure.Message}");
        }

        return input is JsonArray { Count: > 0 } list
            ? Rows(list[0] is JsonArray ? [.. list] : [list])
            : ([], "'input' must be a list of numbers, or a list of such lists");
    }

    private static (ImmutableArray<ImmutableArray<double>> Rows, string? Problem) Rows(JsonNode?[] rows)
    {
        if (rows.Length > RowsMax)
        {
            return ([], $"'input' has {rows.Length} rows, at most {RowsMax} are allowed");
        }

        var read = rows.Select(row => row is JsonArray values ? Row(values) : null).ToImmutableArray();
        if (read.Contains(null) || read.OfType<ImmutableArray<double>>().ToArray() is not { Length: > 0 } all)
        {
            return ([], "'input' must hold numbers only");
        }

        return all.Any(row => row.Length != all[0].Length || row.Length == 0)
            ? ([], "all rows of 'input' must have the same length, of at least one number")
            : ([.. all], null);
    }

    private static ImmutableArray<double>? Row(JsonArray values)
    {
        var row = ImmutableArray.CreateBuilder<double>(values.Count);
        foreach (var value in values)
        {
            if (value is not JsonValue number || !number.TryGetValue<double>(out var read) || !double.IsFinite(read))
            {
                return null;
            }

            row.Add(read);
        }

        return row.ToImmutable();
    }
}
