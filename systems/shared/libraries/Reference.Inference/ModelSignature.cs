using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Reference.Inference;

/// <summary>What a model takes and gives.</summary>
/// <param name="Platform">As Triton names backends.</param>
public sealed record ModelSignature(
    string Platform, ImmutableArray<TensorSignature> Inputs, ImmutableArray<TensorSignature> Outputs)
{
    internal JsonObject ToJson(string model) => new()
    {
        ["name"] = model,
        ["versions"] = new JsonArray("1"),
        ["platform"] = Platform,
        ["inputs"] = new JsonArray([.. Inputs.Select(tensor => (JsonNode)tensor.ToJson())]),
        ["outputs"] = new JsonArray([.. Outputs.Select(tensor => (JsonNode)tensor.ToJson())]),
    };
}

/// <summary>A named input or output.</summary>
/// <param name="Shape">-1 stands for any number.</param>
public sealed record TensorSignature(string Name, string DataType, ImmutableArray<int> Shape)
{
    internal JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["datatype"] = DataType,
        ["shape"] = new JsonArray([.. Shape.Select(size => (JsonNode)JsonValue.Create(size))]),
    };
}
