namespace Midwatch.Diagnosis.Observations;

/// <summary>A typed fact with the evidence it came from.</summary>
public sealed record Observation
{
    /// <summary>An id of the closed list in <c>observation-types.yaml</c>, such as <c>container-waiting</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What of it, such as an event's reason or a log pattern's id; empty when the type says it all.</summary>
    public required string Key { get; init; }

    /// <summary>The fact, without ages and counts: it goes into the hash that seals an approval.</summary>
    public required string Value { get; init; }

    /// <summary>The words as seen (a message, a log line), with ages and counts; for people only.</summary>
    public string Detail { get; init; } = "";

    /// <summary>When it was read.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Since when it holds, as the source says; null when it does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The API call or command that it came from.</summary>
    public required string Source { get; init; }

    /// <summary>Where in the source's text it stands; null for an object's field.</summary>
    public TextSpan? Span { get; init; }

    /// <summary>Whether it tells of something wrong.</summary>
    public required bool IsFinding { get; init; }

    /// <summary>One line for people: subject, what, and the words as seen.</summary>
    public string Describe()
    {
        var fact = (Key.Length, Value.Length) switch
        {
            (0, 0) => Type,
            (0, _) => $"{Type} {Value}",
            (_, 0) => $"{Type} {Key}",
            _ => $"{Type} {Key} {Value}",
        };
        return Detail.Length == 0 ? $"{Subject}: {fact}" : $"{Subject}: {fact}: {Detail}";
    }
}
