using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Faults;

/// <summary>A catalog, or what is wrong with its file.</summary>
public abstract record FaultCatalogReading
{
    private FaultCatalogReading()
    {
    }

    /// <summary>The file was read without a mistake.</summary>
    public sealed record Done(FaultCatalog Catalog) : FaultCatalogReading;

    /// <summary>The file cannot be used.</summary>
    /// <param name="Errors">Sentences of the form <c>faults.yaml:12:5: …</c>.</param>
    public sealed record Failed(ImmutableArray<string> Errors) : FaultCatalogReading;
}
