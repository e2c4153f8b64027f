using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>One thing that speaks for or against, or that is missing.</summary>
/// <param name="Weight">1, 2 or 4; 0 for a requirement, a gate or a link.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Observations">The facts that it rests on; empty for what rests on their absence.</param>
/// <param name="Line">The runbook's line that it rests on; null when it rests on the cluster alone.</param>
public sealed record Reason(int Weight, string Text, ImmutableArray<Observation> Observations, int? Line = null);
