using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>A cause at a subject, with its score.</summary>
/// <param name="Cause">The id in the catalogue.</param>
/// <param name="Title">The cause in words.</param>
/// <param name="Lo">The least that it can score.</param>
/// <param name="Hi">The most that it can score.</param>
/// <param name="Depth">How many other subjects of the scope lie downstream of it: the deeper, the more it
/// explains.</param>
/// <param name="Severity">1 to 3.</param>
/// <param name="ExplainedBy">The cause further upstream that explains its symptoms (<c>id @ subject</c>); null when
/// none does.</param>
public sealed record RankedCause(
    string Cause, string Title, Subject Subject, int Lo, int Hi, int Depth, int Severity,
    ImmutableArray<Reason> For, ImmutableArray<Reason> Against, ImmutableArray<Reason> Missing, string? ExplainedBy)
{
    /// <summary>The cause and its subject in one word pair.</summary>
    public string Key => $"{Cause} @ {Subject}";
}
