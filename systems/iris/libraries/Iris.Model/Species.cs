using System.Collections.Immutable;

namespace Iris.Model;

/// <summary>What a model knows of one species: how its flowers are spread around their means.</summary>
/// <param name="Deviations">Standard deviations, all above zero.</param>
public sealed record Species(string Name, ImmutableArray<double> Means, ImmutableArray<double> Deviations)
{
    /// <summary>The logarithm of how dense this species' flowers lie at the measurement, up to a constant.</summary>
    public double LogDensity(ImmutableArray<double> features) => Means.Select((mean, i) =>
    {
        var distance = (features[i] - mean) / Deviations[i];
        return -Math.Log(Deviations[i]) - (distance * distance / 2);
    }).Sum();
}
