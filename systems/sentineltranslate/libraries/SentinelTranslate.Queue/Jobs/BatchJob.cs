using System.Text.Json;
using System.Text.Json.Nodes;

namespace SentinelTranslate.Queue.Jobs;

/// <summary>One table of an object store to translate, as it lies in the queue.</summary>
/// <param name="Id">The job's id; the caller asks for its state with it.</param>
/// <param name="Bucket">Where the table is.</param>
/// <param name="Key">The table: one JSON object a line.</param>
/// <param name="TextColumn">The field that is translated.</param>
/// <param name="SourceLanguage">Its language, for example <c>fr</c>.</param>
/// <param name="TargetLanguage">The language wanted, for example <c>en</c>.</param>
/// <param name="OutputBucket">Where the result goes.</param>
/// <param name="OutputKey">The result's name there.</param>
/// <param name="IdColumn">The field by which a row of the result is known; null to keep all fields.</param>
public sealed record BatchJob(
    string Id, string Bucket, string Key, string TextColumn, string SourceLanguage, string TargetLanguage,
    string OutputBucket, string OutputKey, string? IdColumn)
{
    private const string TaskName = "tasks.translate_batch";

    /// <summary>Writes the message that <see cref="Parse"/> reads.</summary>
    public string ToMessage() => new JsonObject
    {
        ["id"] = Id,
        ["task"] = TaskName,
        ["s3_bucket"] = Bucket,
        ["s3_key"] = Key,
        ["text_column"] = TextColumn,
        ["source_lang"] = SourceLanguage,
        ["target_lang"] = TargetLanguage,
        ["output_s3_bucket"] = OutputBucket,
        ["output_s3_key"] = OutputKey,
        ["id_column"] = IdColumn,
    }.ToJsonString();

    /// <summary>Reads a message of the queue; null if it is none of ours.</summary>
    public static BatchJob? Parse(string message)
    {
        try
        {
            return JsonNode.Parse(message) is JsonObject body
                && Text(body, "task") == TaskName
                && Text(body, "id") is { } id
                && Text(body, "s3_bucket") is { } bucket
                && Text(body, "s3_key") is { } key
                && Text(body, "text_column") is { } column
                && Text(body, "source_lang") is { } source
                && Text(body, "target_lang") is { } target
                && Text(body, "output_s3_bucket") is { } outBucket
                && Text(body, "output_s3_key") is { } outKey
                ? new BatchJob(id, bucket, key, column, source, target, outBucket, outKey, Text(body, "id_column"))
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
