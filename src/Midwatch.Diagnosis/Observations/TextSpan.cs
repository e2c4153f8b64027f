namespace Midwatch.Diagnosis.Observations;

/// <summary>A part of a text, in UTF-16 units from its start.</summary>
public sealed record TextSpan(int Start, int Length);
