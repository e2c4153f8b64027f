using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>One thing that speaks for or against, or that is missing.</summary>
/// <param name="Weight">1, 2 or 4; 0 for a requirement, a gate or a link.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Observations">Indexes into the evidence's observations.</param>
/// <param name="Line">The runbook's line that it rests on; null when it rests on the cluster alone.</param>
public sealed record Reason(int Weight, string Text, ImmutableArray<int> Observations, int? Line = null);
