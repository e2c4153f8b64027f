using System.Text.Json.Nodes;

namespace SentinelTranslate.Queue.Jobs;

/// <summary>What became of a job, in the words Celery uses for its states.</summary>
/// <param name="Status"><c>PENDING</c>, <c>SUCCESS</c> or <c>FAILURE</c>.</param>
/// <param name="Text">The translation, or why there is none; null while pending.</param>
public sealed record JobResult(string Status, string? Text)
{
    /// <summary>Gets the state of a job nobody has finished, which is also that of a job nobody knows.</summary>
    public static JobResult Pending { get; } = new("PENDING", null);

    /// <summary>A job that was translated.</summary>
    public static JobResult Success(string translation) => new("SUCCESS", translation);

    /// <summary>A job that cannot be translated.</summary>
    public static JobResult Failure(string reason) => new("FAILURE", reason);

    /// <summary>Writes the stored form that <see cref="Parse"/> reads.</summary>
    public string ToMessage() => new JsonObject { ["status"] = Status, ["result"] = Text }.ToJsonString();

    /// <summary>Reads a stored result.</summary>
    public static JobResult Parse(string message)
    {
        var body = JsonNode.Parse(message);
        return new JobResult(body?["status"]?.GetValue<string>() ?? "PENDING", body?["result"]?.GetValue<string>());
    }
}
