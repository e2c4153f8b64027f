using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Causes;

/// <summary>The closed list of causes.</summary>
public sealed class CauseCatalog(ImmutableArray<Cause> causes)
{
    /// <summary>All causes, by id.</summary>
    public ImmutableArray<Cause> Causes { get; } = causes;

    /// <summary>The list that is compiled into Midwatch.</summary>
    public static CauseCatalog Default() => new([]);
}
