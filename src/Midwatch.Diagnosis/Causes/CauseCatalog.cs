using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Causes;

/// <summary>The closed list of causes.</summary>
public sealed class CauseCatalog(ImmutableArray<Cause> causes)
{
    private static readonly Lazy<CauseCatalog> Embedded = new(() => new CauseCatalog(CauseReader.ReadAll()));

    /// <summary>All causes, by id.</summary>
    public ImmutableArray<Cause> Causes { get; } = causes;

    /// <summary>The list that is compiled into Midwatch.</summary>
    public static CauseCatalog Default() => Embedded.Value;

    /// <summary>The cause of that id; null when the list has none.</summary>
    public Cause? Find(string id) => Causes.FirstOrDefault(cause => cause.Id == id);
}
