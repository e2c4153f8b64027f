using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Model;

/// <summary>A logistic regression over standardised features.</summary>
/// <param name="Means">Taken off each feature before it is weighed.</param>
/// <param name="Spreads">Each feature is divided by its own; never zero.</param>
public sealed record ChurnModel(
    ImmutableArray<double> Means, ImmutableArray<double> Spreads, ImmutableArray<double> Weights, double Bias)
{
    /// <summary>How likely the customer leaves, 0 to 1.</summary>
    public double Probability(Customer customer) => Probability(customer.Features);

    /// <summary>How likely a customer of these features leaves, 0 to 1.</summary>
    public double Probability(ImmutableArray<double> features)
    {
        var sum = Bias + Weights.Select((weight, i) => weight * (features[i] - Means[i]) / Spreads[i]).Sum();
        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>Writes the model file.</summary>
    public string ToJson() => new JsonObject
    {
        ["kind"] = "churn-logistic-regression",
        ["means"] = Numbers(Means),
        ["spreads"] = Numbers(Spreads),
        ["weights"] = Numbers(Weights),
        ["bias"] = Bias,
    }.ToJsonString();

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FormatException">It is none, or damaged.</exception>
    public static ChurnModel Parse(string text)
    {
        try
        {
            var root = JsonNode.Parse(text) as JsonObject;
            var model = new ChurnModel(
                Numbers(root?["means"]), Numbers(root?["spreads"]), Numbers(root?["weights"]),
                (double?)root?["bias"] ?? double.NaN);
            var size = new Customer(0, 0, 0, "", 0).Features.Length;
            return model.Means.Length == size && model.Spreads.Length == size && model.Weights.Length == size
                && model.Spreads.All(spread => spread > 0) && double.IsFinite(model.Bias)
                ? model : throw new FormatException($"the model file has not {size} means, spreads and weights");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new FormatException($"the model file is damaged: {failure.Message}", failure);
        }
    }

    private static JsonArray Numbers(ImmutableArray<double> values) => [.. values.Select(value => (JsonNode)value)];

    private static ImmutableArray<double> Numbers(JsonNode? node) =>
        node is JsonArray values ? [.. values.Select(value => (double)value!)] : [];
}
