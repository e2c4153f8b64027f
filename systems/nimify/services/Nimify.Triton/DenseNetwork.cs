using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reference.Inference;

namespace Nimify.Triton;

/// <summary>
/// A network of dense layers behind the inference protocol: INPUT [rows, n] in, OUTPUT [rows, m] out.
/// </summary>
internal sealed class DenseNetwork(ImmutableArray<DenseLayer> layers) : IInferenceModel
{
    public ModelSignature Signature { get; } = new("onnxruntime_onnx",
        [new TensorSignature("INPUT", "FP64", [-1, layers[0].Inputs])],
        [new TensorSignature("OUTPUT", "FP64", [-1, layers[^1].Bias.Length])]);

    public JsonArray Infer(JsonArray inputs)
    {
        var (data, rows, columns) = Read(inputs);
        if (columns != layers[0].Inputs)
        {
            throw new InferenceException(
                $"unexpected shape for input 'INPUT'. Expected [-1,{layers[0].Inputs}], got [{rows},{columns}]");
        }

        double[] outputs = [.. data.Chunk(columns)
            .SelectMany(row => layers.Aggregate(row, (values, layer) => layer.Apply(values)))];
        return new JsonArray(new JsonObject
        {
            ["name"] = "OUTPUT",
            ["datatype"] = "FP64",
            ["shape"] = new JsonArray(rows, outputs.Length / rows),
            ["data"] = new JsonArray([.. outputs.Select(value => (JsonNode)value)]),
        });
    }

    private static (double[] Data, int Rows, int Columns) Read(JsonArray inputs)
    {
        if (inputs is [JsonObject input] && input["name"]?.ToString() == "INPUT" && input["data"] is JsonArray data
            && input["shape"] is JsonArray { Count: 2 } shape
            && int.TryParse(shape[0]?.ToString(), out var rows) && int.TryParse(shape[1]?.ToString(), out var columns)
            && rows > 0 && columns > 0 && (long)rows * columns == data.Count)
        {
            double[] values = [.. data.Select(value =>
                value is JsonValue number && number.TryGetValue<double>(out var read) ? read : double.NaN)];
            if (values.All(double.IsFinite))
            {
                return (values, rows, columns);
            }
        }

        throw new InferenceException(
            "expected one input INPUT of datatype FP64 and shape [rows, columns], with as many numbers in 'data'");
    }
}
