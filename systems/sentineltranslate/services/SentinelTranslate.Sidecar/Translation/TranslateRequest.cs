using System.Text.Json;
using System.Text.Json.Nodes;

namespace SentinelTranslate.Sidecar.Translation;

/// <summary>The body of <c>POST /translate</c>, or what is wrong with it.</summary>
internal abstract record TranslateRequest
{
    private const int TextLengthMax = 10_000;

    private TranslateRequest() { }

    /// <summary>A request that can be queued.</summary>
    internal sealed record Valid(string Text, string SourceLanguage, string TargetLanguage) : TranslateRequest;

    /// <summary>A request to be answered with a status and a sentence.</summary>
    internal sealed record Invalid(int Status, string Detail) : TranslateRequest;

    /// <summary>Reads a body. Unknown fields are let pass, as older releases did.</summary>
    public static async Task<TranslateRequest> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(body, cancellationToken: cancellationToken) is JsonObject fields
                ? Check(fields)
                : new Invalid(422, "The body must be a JSON object.");
        }
        catch (JsonException failure)
        {
            return new Invalid(422, $"The body is not JSON: {failure.Message}");
        }
    }

    private static TranslateRequest Check(JsonObject fields)
    {
        if (Field(fields, "text") is not { Length: > 0 and <= TextLengthMax } text)
        {
            return new Invalid(422, $"'text' must be a string of 1 to {TextLengthMax} characters.");
        }

        if (Field(fields, "source_lang") is not { Length: 2 } source
            || Field(fields, "target_lang") is not { Length: 2 } target)
        {
            return new Invalid(422, "'source_lang' and 'target_lang' must be two-letter codes such as 'fr'.");
        }

        return Field(fields, "model") is null or "opus"
            ? new Valid(text, source, target)
            : new Invalid(400, "Only the model 'opus' is served here.");
    }

    private static string? Field(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
