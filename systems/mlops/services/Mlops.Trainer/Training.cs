using System.Collections.Immutable;
using Mlops.Model;

namespace Mlops.Trainer;

/// <summary>Fits a logistic regression by gradient descent, and measures it on rows it has not seen.</summary>
internal static class Training
{
    private const int Rounds = 400;
    private const double Rate = 0.5;
    private const double Decay = 0.001; // keeps weights of features that say the same from running away

    /// <summary>Every fifth row is kept out of the training and used to measure.</summary>
    public static (ChurnModel Model, double Accuracy, double AreaUnderCurve) Fit(ImmutableArray<LabelledCustomer> rows)
    {
        var seen = rows.Where((_, index) => index % 5 != 0).ToImmutableArray();
        var unseen = rows.Where((_, index) => index % 5 == 0).ToImmutableArray();
        var model = Descend(seen);
        var scored = unseen.Select(row => (Score: model.Probability(row.Customer), row.Left)).ToImmutableArray();
        var right = scored.Count(pair => (pair.Score >= 0.5) == pair.Left);
        return (model, (double)right / scored.Length, AreaUnderCurve(scored));
    }

    private static ChurnModel Descend(ImmutableArray<LabelledCustomer> rows)
    {
        var features = rows.Select(row => row.Customer.Features).ToImmutableArray();
        var size = features[0].Length;
        var means = Enumerable.Range(0, size).Select(i => features.Average(row => row[i])).ToImmutableArray();
        var spreads = Enumerable.Range(0, size)
            .Select(i => Math.Sqrt(features.Average(row => Math.Pow(row[i] - means[i], 2))))
            .Select(spread => spread > 0 ? spread : 1).ToImmutableArray();
        var model = new ChurnModel(means, spreads, [.. new double[size]], 0);
        for (var round = 0; round < Rounds; round++)
        {
            var slopes = new double[size];
            var slope = 0.0;
            for (var row = 0; row < features.Length; row++)
            {
                var error = model.Probability(features[row]) - (rows[row].Left ? 1 : 0);
                slope += error;
                for (var i = 0; i < size; i++)
                {
                    slopes[i] += error * (features[row][i] - means[i]) / spreads[i];
                }
            }

            model = model with
            {
                Bias = model.Bias - (Rate * slope / rows.Length),
                Weights = [.. model.Weights.Select((weight, i) =>
                    weight - (Rate * ((slopes[i] / rows.Length) + (Decay * weight))))],
            };
        }

        return model;
    }

    // How often one who left is ranked above one who stayed.
    private static double AreaUnderCurve(ImmutableArray<(double Score, bool Left)> scored)
    {
        var stayed = scored.Where(pair => !pair.Left).Select(pair => pair.Score).ToArray();
        var left = scored.Where(pair => pair.Left).Select(pair => pair.Score).ToArray();
        return left.Length == 0 || stayed.Length == 0 ? 0.5
            : left.Average(score => stayed.Average(other => score > other ? 1 : score < other ? 0 : 0.5));
    }
}
