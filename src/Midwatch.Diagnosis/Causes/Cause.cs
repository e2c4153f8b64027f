using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Causes;

/// <summary>One of the closed list of canonical causes, as its data file states it.</summary>
public sealed record Cause
{
    /// <summary>Stable id, such as <c>bad-release</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A short noun phrase for people.</summary>
    public required string Title { get; init; }

    /// <summary>The kinds of object that can carry it.</summary>
    public required ImmutableArray<string> SubjectKinds { get; init; }

    /// <summary>How much harm it does, 1 to 3: of two equally deep causes the more severe comes first.</summary>
    public required int Severity { get; init; }

    /// <summary>Without all of these it is not this cause.</summary>
    public required ImmutableArray<WeighedPredicate> Requires { get; init; }

    /// <summary>What speaks for it.</summary>
    public required ImmutableArray<WeighedPredicate> Supports { get; init; }

    /// <summary>What speaks against it.</summary>
    public required ImmutableArray<WeighedPredicate> Contradicts { get; init; }

    /// <summary>The symptoms that follow from it, at the subject itself or downstream of it.</summary>
    public required ImmutableArray<Explanation> Explains { get; init; }

    /// <summary>The actions that mend it.</summary>
    public required ImmutableArray<Treatment> TreatedBy { get; init; }

    /// <summary>The actions that look as if they did, and do not; or do harm.</summary>
    public required ImmutableArray<Treatment> NotHelpedBy { get; init; }
}
