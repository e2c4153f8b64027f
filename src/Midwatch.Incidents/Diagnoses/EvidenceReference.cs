using System.Collections.Immutable;

namespace Midwatch.Incidents.Diagnoses;

/// <summary>Where the evidence of one diagnosis lies, and what it said in short.</summary>
public sealed record EvidenceReference
{
    /// <summary>SHA-256 of the evidence file.</summary>
    public required string Hash { get; init; }

    /// <summary>The evidence file.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the typed findings without ages and counts: what the seal binds.</summary>
    public required string FindingsHash { get; init; }

    /// <summary>How many observations it holds.</summary>
    public required int Observations { get; init; }

    /// <summary>The findings in words, most telling first.</summary>
    public required ImmutableArray<string> Findings { get; init; }

    /// <summary>Reads that were denied, failed or timed out, in words.</summary>
    public required ImmutableArray<string> CouldNotTell { get; init; }
}
