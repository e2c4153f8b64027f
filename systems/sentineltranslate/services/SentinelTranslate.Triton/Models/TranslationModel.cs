using System.Text.Json.Nodes;
using Reference.Inference;

namespace SentinelTranslate.Triton.Models;

/// <summary>A phrase table behind the inference protocol: INPUT_TEXT in, OUTPUT_TEXT out.</summary>
internal sealed class TranslationModel(PhraseModel phrases) : IInferenceModel
{
    public ModelSignature Signature { get; } = new("python",
        [new TensorSignature("INPUT_TEXT", "BYTES", [-1])], [new TensorSignature("OUTPUT_TEXT", "BYTES", [-1])]);

    public JsonArray Infer(JsonArray inputs)
    {
        JsonNode?[] translations = [.. Texts(inputs).Select(text => JsonValue.Create(phrases.Translate(text)))];
        return new JsonArray(new JsonObject
        {
            ["name"] = "OUTPUT_TEXT",
            ["datatype"] = "BYTES",
            ["shape"] = new JsonArray(translations.Length),
            ["data"] = new JsonArray(translations),
        });
    }

    private static string[] Texts(JsonArray inputs)
    {
        if (inputs is [JsonObject input] && Text(input["name"]) == "INPUT_TEXT" && input["data"] is JsonArray data)
        {
            string[] texts = [.. data.Select(Text).OfType<string>()];
            if (texts.Length > 0 && texts.Length == data.Count)
            {
                return texts;
            }
        }

        throw new InferenceException("Expected one input INPUT_TEXT of datatype BYTES with its texts in 'data'");
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
