using System.Text.Json.Nodes;

namespace SentinelTranslate.Queue.Jobs;

/// <summary>How far a batch is, in the words Celery uses for its states.</summary>
/// <param name="Status"><c>PENDING</c>, <c>PROGRESS</c>, <c>SUCCESS</c> or <c>FAILURE</c>.</param>
/// <param name="Result">What came of it, or how far it is; null while nothing is known.</param>
/// <param name="Error">Why it failed; null unless it did.</param>
public sealed record BatchState(string Status, JsonObject? Result, string? Error)
{
    /// <summary>Gets the state of a batch nobody has begun, which is also that of one nobody knows.</summary>
    public static BatchState Pending { get; } = new("PENDING", null, null);

    /// <summary>A batch of which so many rows are done.</summary>
    public static BatchState Progress(int done, int total) =>
        new("PROGRESS", new JsonObject { ["processed"] = done, ["total"] = total }, null);

    /// <summary>A batch whose result is written.</summary>
    public static BatchState Success(JsonObject result) => new("SUCCESS", result, null);

    /// <summary>A batch that has no result.</summary>
    public static BatchState Failure(string reason) => new("FAILURE", null, reason);

    /// <summary>Writes the stored form that <see cref="Parse"/> reads.</summary>
    public string ToMessage() => new JsonObject
    {
        ["status"] = Status,
        ["result"] = Result?.DeepClone(),
        ["error"] = Error,
    }.ToJsonString();

    /// <summary>Reads a stored state.</summary>
    public static BatchState Parse(string message)
    {
        var body = JsonNode.Parse(message);
        return new BatchState(
            body?["status"]?.GetValue<string>() ?? "PENDING",
            body?["result"]?.DeepClone() as JsonObject,
            body?["error"]?.GetValue<string>());
    }
}
