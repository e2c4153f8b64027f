using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Nimify.Triton;

/// <summary>One layer: outputs = activation(weights · inputs + bias).</summary>
/// <param name="Weights">A row per output.</param>
internal sealed record DenseLayer(
    ImmutableArray<ImmutableArray<double>> Weights, ImmutableArray<double> Bias, string Activation)
{
    /// <summary>Gets how many numbers the layer takes.</summary>
    public int Inputs => Weights[0].Length;

    /// <summary>Reads <c>{"layers": [{"weights", "bias", "activation"}]}</c>.</summary>
    /// <exception cref="FormatException">It is no such network, or its layers do not fit together.</exception>
    public static ImmutableArray<DenseLayer> ReadAll(string json)
    {
        var layers = ((JsonNode.Parse(json) as JsonObject)?["layers"] as JsonArray ?? [])
            .OfType<JsonObject>().Select(Read).ToImmutableArray();
        if (layers.IsEmpty)
        {
            throw new FormatException("it has no layers");
        }

        for (var index = 1; index < layers.Length; index++)
        {
            if (layers[index].Inputs != layers[index - 1].Bias.Length)
            {
                throw new FormatException($"layer {index} takes {layers[index].Inputs} numbers, "
                    + $"the one before gives {layers[index - 1].Bias.Length}");
            }
        }

        return layers;
    }

    /// <summary>Sends one row through.</summary>
    public double[] Apply(IReadOnlyList<double> inputs)
    {
        var outputs = new double[Bias.Length];
        for (var row = 0; row < outputs.Length; row++)
        {
            outputs[row] = Bias[row] + Weights[row].Select((weight, column) => weight * inputs[column]).Sum();
        }

        return Activation switch
        {
            "relu" => [.. outputs.Select(value => Math.Max(0, value))],
            "softmax" => Softmax(outputs),
            _ => outputs,
        };
    }

    private static double[] Softmax(double[] values)
    {
        var most = values.Max(); // taken off first, so that no exponential overflows
        double[] powers = [.. values.Select(value => Math.Exp(value - most))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static DenseLayer Read(JsonObject layer)
    {
        var weights = (layer["weights"] as JsonArray ?? []).Select(Numbers).ToImmutableArray();
        var bias = Numbers(layer["bias"]);
        if (weights.IsEmpty || weights.Any(row => row.Length == 0 || row.Length != weights[0].Length)
            || bias.Length != weights.Length)
        {
            throw new FormatException("the weights of a layer are no matrix with a bias for each row");
        }

        return layer["activation"]?.ToString() is null or "none" or "relu" or "softmax"
            ? new DenseLayer(weights, bias, layer["activation"]?.ToString() ?? "none")
            : throw new FormatException($"there is no activation '{layer["activation"]}'");
    }

    private static ImmutableArray<double> Numbers(JsonNode? node) => node is JsonArray values
        ? [.. values.Select(value => value is JsonValue number && number.TryGetValue<double>(out var read)
            ? read : throw new FormatException($"'{value}' is no number"))]
        : [];
}
