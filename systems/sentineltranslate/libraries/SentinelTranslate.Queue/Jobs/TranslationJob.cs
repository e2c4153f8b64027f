using System.Text.Json;
using System.Text.Json.Nodes;

namespace SentinelTranslate.Queue.Jobs;

/// <summary>One text to translate, as it lies in the queue.</summary>
/// <param name="Id">The job's id; the caller asks for the result with it.</param>
/// <param name="Text">The text.</param>
/// <param name="SourceLanguage">Its language, for example <c>fr</c>.</param>
/// <param name="TargetLanguage">The language wanted, for example <c>en</c>.</param>
public sealed record TranslationJob(string Id, string Text, string SourceLanguage, string TargetLanguage)
{
    private const string TaskName = "tasks.translate";

    /// <summary>Writes the message that <see cref="Parse"/> reads.</summary>
    public string ToMessage() => new JsonObject
    {
        ["id"] = Id,
        ["task"] = TaskName,
        ["text"] = Text,
        ["source_lang"] = SourceLanguage,
        ["target_lang"] = TargetLanguage,
    }.ToJsonString();

    /// <summary>Reads a message of the queue; null if it is none of ours.</summary>
    public static TranslationJob? Parse(string message)
    {
        try
        {
            return JsonNode.Parse(message) is JsonObject body
                && Text(body, "task") == TaskName
                && Text(body, "id") is { } id
                && Text(body, "text") is { } text
                && Text(body, "source_lang") is { } source
                && Text(body, "target_lang") is { } target
                ? new TranslationJob(id, text, source, target)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }

        static string? Text(JsonObject body, string name) =>
            body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }
}
