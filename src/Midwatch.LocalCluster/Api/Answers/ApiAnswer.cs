using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Answers;

/// <summary>What a handler answers.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    /// <summary>A JSON document.</summary>
    /// <param name="Warnings">Sentences that kubectl shows as "Warning: …".</param>
    internal sealed record Document(JsonObject Body, int Code, ImmutableArray<string> Warnings, string ContentType)
        : ApiAnswer;

    /// <summary>Text that is ready to send.</summary>
    internal sealed record Text(ReadOnlyMemory<byte> Utf8, string ContentType, int Code = 200) : ApiAnswer;

    /// <summary>JSON whose parts are there already: they are sent one after the other and never put together.</summary>
    internal sealed record Parts(ImmutableArray<ReadOnlyMemory<byte>> Utf8) : ApiAnswer;

    /// <summary>A refusal.</summary>
    internal sealed record Refused(ApiStatus Status) : ApiAnswer;

    /// <summary>The handler wrote its answer itself.</summary>
    internal sealed record Streamed : ApiAnswer;

    public static ApiAnswer Json(JsonObject body, int code = 200) => new Document(body, code, [], "application/json");

    public static ApiAnswer Json(JsonObject body, int code, ImmutableArray<string> warnings) =>
        new Document(body, code, warnings, "application/json");

    public static ApiAnswer Refuse(ApiStatus status) => new Refused(status);
}
