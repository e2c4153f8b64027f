using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>What the inspector saw.</summary>
/// <param name="Reads">What was read and what could not be.</param>
public sealed record InspectionResult(
    ImmutableArray<Observation> Observations, ImmutableArray<ReadRecord> Reads, DependencyGraph Graph);
