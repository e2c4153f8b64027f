using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Faults;

/// <summary>The faults of one system, as its <c>faults.yaml</c> lists them.</summary>
/// <param name="Path">The file that they were read from.</param>
public sealed record FaultCatalog(string Path, ImmutableArray<Fault> Faults)
{
    /// <summary>The fault of that id, or null.</summary>
    public Fault? Find(string id) => Faults.FirstOrDefault(fault => fault.Id == id);

    /// <summary>Reads a catalog; every mistake in the file is reported, with file and line.</summary>
    public static FaultCatalogReading Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new FaultCatalogReading.Failed([$"{path}: cannot be read: {error.Message}"]);
        }

        return new FaultCatalogParser(path).Parse(text);
    }
}
