namespace Midwatch.Diagnosis.Causes;

/// <summary>A predicate, what it weighs (1, 2 or 4; 0 for a requirement) and why.</summary>
public sealed record WeighedPredicate(Predicate Predicate, int Weight, string Why);
