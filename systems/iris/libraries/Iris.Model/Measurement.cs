using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iris.Model;

/// <summary>The four lengths of one flower, in centimetres.</summary>
public sealed record Measurement(double SepalLength, double SepalWidth, double PetalLength, double PetalWidth)
{
    private const double Longest = 10;

    /// <summary>Gets the lengths in the order in which a model has its figures.</summary>
    public ImmutableArray<double> Features => [SepalLength, SepalWidth, PetalLength, PetalWidth];

    /// <summary>Reads a request's body.</summary>
    /// <returns>The measurement; or what is wrong, with the field's name.</returns>
    public static (Measurement? Flower, string? Problem) Parse(string json)
    {
        JsonObject? body;
        try
        {
            body = JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException failure)
        {
            return (null, $"the body is no JSON: {failure.Message}");
        }

        string? problem = null;
        var flower = new Measurement(
            Length("sepal_length"), Length("sepal_width"), Length("petal_length"), Length("petal_width"));
        return problem is null ? (flower, null) : (null, problem);

        double Length(string field)
        {
            if (body?[field] is JsonValue value && value.TryGetValue<double>(out var length)
                && length is >= 0 and <= Longest)
            {
                return length;
            }

            problem ??= $"{field}: a number from 0 to {Longest} is expected";
            return 0;
        }
    }

    /// <summary>Writes the body of a request.</summary>
    public string ToJson() => new JsonObject
    {
        ["sepal_length"] = SepalLength,
        ["sepal_width"] = SepalWidth,
        ["petal_length"] = PetalLength,
        ["petal_width"] = PetalWidth,
    }.ToJsonString();
}
