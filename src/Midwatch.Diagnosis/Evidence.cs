using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis;

/// <summary>Everything that a ranking rests on. The same evidence gives the same answer, byte for byte.</summary>
public sealed record Evidence
{
    /// <summary>The version of <c>evidence.schema.json</c> that <see cref="EvidenceJson"/> writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Where the runbook came from, as the user named it.</summary>
    public required string RunbookPath { get; init; }

    /// <summary>The runbook's text, whole, so that the evidence can be replayed without the file.</summary>
    public required string RunbookText { get; init; }

    /// <summary>SHA-256 of the text's UTF-8 bytes, lower-case hex.</summary>
    public required string RunbookHash { get; init; }

    /// <summary>The procedure within the runbook.</summary>
    public required string ProcedureId { get; init; }

    /// <summary>The labels of the alert that opened the incident; empty when a person started the diagnosis.</summary>
    public required ImmutableSortedDictionary<string, string> AlertLabels { get; init; }

    /// <summary>When the alert started; null when unknown.</summary>
    public DateTimeOffset? AlertStartsAt { get; init; }

    /// <summary>What the alert's own expression says at the moment of the diagnosis.</summary>
    public Truth AlertExpression { get; init; } = Truth.Unknown;

    /// <summary>When the reads were complete.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The facts.</summary>
    public required ImmutableArray<Observation> Observations { get; init; }

    /// <summary>Which reads were made, and what became of them.</summary>
    public required ImmutableArray<ReadRecord> Reads { get; init; }

    /// <summary>Who needs whom.</summary>
    public required DependencyGraph Graph { get; init; }

    /// <summary>What the runbook's own diagnose commands printed.</summary>
    public required ImmutableArray<CommandOutput> CommandOutputs { get; init; }
}
