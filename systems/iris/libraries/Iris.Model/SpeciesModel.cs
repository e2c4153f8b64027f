using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iris.Model;

/// <summary>A Gaussian naive Bayes classifier: each length of each species has a mean and a deviation.</summary>
public sealed record SpeciesModel(ImmutableArray<Species> Classes)
{
    private const int Features = 4;

    /// <summary>How likely the flower is of each class, in the order of the classes; the sum is one.</summary>
    public ImmutableArray<double> Probabilities(Measurement flower)
    {
        var densities = Classes.Select(species => species.LogDensity(flower.Features)).ToArray();
        var highest = densities.Max(); // taken off first, so that not all of them become zero
        var weights = densities.Select(density => Math.Exp(density - highest)).ToArray();
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="FormatException">It is none, or damaged.</exception>
    public static SpeciesModel Parse(string text)
    {
        try
        {
            var classes = (JsonNode.Parse(text) as JsonObject)?["classes"] as JsonArray ?? [];
            var model = new SpeciesModel([.. classes.OfType<JsonObject>().Select(one => new Species(
                one["name"]?.ToString() ?? "", Numbers(one["means"]), Numbers(one["deviations"])))]);
            return model.Classes.Length > 1 && model.Classes.All(IsWhole)
                ? model : throw new FormatException($"the model file has not {Features} means and deviations a class");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new FormatException($"the model file is damaged: {failure.Message}", failure);
        }
    }

    private static bool IsWhole(Species species) => species.Name.Length > 0 && species.Means.Length == Features
        && species.Deviations.Length == Features && species.Deviations.All(deviation => deviation > 0);

    private static ImmutableArray<double> Numbers(JsonNode? node) =>
        node is JsonArray values ? [.. values.Select(value => (double)value!)] : [];
}
