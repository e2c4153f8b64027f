using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>What an observer saw, before it becomes an observation.</summary>
internal sealed record Note(string Type, Subject Subject, string Value, string Source)
{
    public string Key { get; init; } = "";

    public string Detail { get; init; } = "";

    public DateTimeOffset? Since { get; init; }

    public TextSpan? Span { get; init; }

    /// <summary>False where it is known to be over, or to be normal.</summary>
    public bool MayBeFinding { get; init; } = true;
}
