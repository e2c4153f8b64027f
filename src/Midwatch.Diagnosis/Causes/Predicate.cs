using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Causes;

/// <summary>A question about the evidence, answered with a <see cref="Truth"/>.</summary>
public abstract record Predicate
{
    private Predicate()
    {
    }

    /// <summary>Something of the pattern was observed within reach.</summary>
    public sealed record Observed(ObservationPattern Pattern, Reach Reach) : Predicate;

    /// <summary>The subject's template changed shortly before its first symptom.</summary>
    public sealed record RecentRollout : Predicate;

    /// <summary>All of them.</summary>
    public sealed record All(ImmutableArray<Predicate> Of) : Predicate;

    /// <summary>At least one of them.</summary>
    public sealed record Any(ImmutableArray<Predicate> Of) : Predicate;

    /// <summary>The opposite; what could not be told stays so.</summary>
    public sealed record Not(Predicate Of) : Predicate;
}
