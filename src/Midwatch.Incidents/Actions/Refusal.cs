namespace Midwatch.Incidents.Actions;

/// <summary>Why something is not run. Every refusal explains itself.</summary>
/// <param name="Reason">One sentence.</param>
/// <param name="Line">The line of the document that it is about, 1-based; 0 when it is about no line.</param>
/// <param name="Column">The column there, 1-based; 0 when it is about no place.</param>
/// <param name="Remedy">What would change it; null when nothing would.</param>
public sealed record Refusal(string Reason, int Line, int Column, string? Remedy = null);
