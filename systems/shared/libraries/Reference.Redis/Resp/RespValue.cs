using System.Collections.Immutable;

namespace Reference.Redis.Resp;

/// <summary>One reply of a Redis server (RESP2): exactly one of the nested cases.</summary>
public abstract record RespValue
{
    private RespValue() { }

    /// <summary>A status such as <c>OK</c> or <c>PONG</c>.</summary>
    public sealed record Status(string Text) : RespValue;

    /// <summary>The server understood the request and refused it, for example <c>ERR unknown command</c>.</summary>
    public sealed record Error(string Text) : RespValue;

    /// <summary>A count or another whole number.</summary>
    public sealed record Number(long Value) : RespValue;

    /// <summary>A string of bytes, read as UTF-8. <see cref="Text"/> is null for the key that is not there.</summary>
    public sealed record Bulk(string? Text) : RespValue;

    /// <summary>Several replies in one; empty also for the null array of a timed-out <c>BRPOP</c>.</summary>
    public sealed record List(ImmutableArray<RespValue> Items) : RespValue;
}
