namespace Midwatch.Runbooks.Data;

/// <summary>The data files that are compiled into the program.</summary>
internal static class DataFile
{
    /// <summary>Reads one, by its name below the project folder, such as <c>Effects/Data/kubectl.yaml</c>.</summary>
    public static DataMap Read(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"There is no data file '{name}'.");
        using var reader = new BinaryReader(stream);
        return new DataMap(DataNode.Read(reader), name);
    }
}
