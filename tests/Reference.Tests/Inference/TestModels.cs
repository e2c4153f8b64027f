using System.Text.Json.Nodes;
using Reference.Inference;

namespace Reference.Tests.Inference;

/// <summary>Two models: one that echoes its inputs, one whose file is damaged until it is mended.</summary>
internal sealed class TestModels : IModelSource
{
    internal bool Mended { get; set; }

    public IReadOnlyList<string> Names() => ["echo", "fragile"];

    public IInferenceModel Load(string name) => name switch
    {
        "echo" => new Echo(),
        "fragile" when Mended => new Echo(),
        "fragile" => throw new InferenceException("model.json: line 3 is cut off"),
        _ => throw new InferenceException("no such model in the repository"),
    };

    private sealed class Echo : IInferenceModel
    {
        public ModelSignature Signature { get; } = new("test", [new TensorSignature("IN", "FP32", [-1])], []);

        public JsonArray Infer(JsonArray inputs) => inputs is [JsonObject]
            ? (JsonArray)inputs.DeepClone() : throw new InferenceException("one input is expected");
    }
}
