namespace Midwatch.Diagnosis.Observations;

/// <summary>One read that the diagnosis made or tried: the ground on which absence is told from ignorance.</summary>
/// <param name="Read">What was read: an id that <c>observation-types.yaml</c> names (<c>pods</c>, <c>events</c>,
/// <c>logs</c>, …).</param>
/// <param name="Namespace">Null for what has none.</param>
/// <param name="Name">The one object that was read; null for the whole list.</param>
/// <param name="Source">The API call or command.</param>
/// <param name="Reason">Why it was not made, for people; null when it was.</param>
public sealed record ReadRecord(
    string Read, string? Namespace, string? Name, string Source, ReadOutcome Outcome, string? Reason);
