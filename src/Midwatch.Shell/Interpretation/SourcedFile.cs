namespace Midwatch.Shell.Interpretation;

/// <summary>A script that <c>source</c> reads.</summary>
/// <param name="Text">Null when there is no such file.</param>
/// <param name="Refusal">Why it must not be read, as a sentence; null when it may.</param>
internal sealed record SourcedFile(string? Text, string? Refusal)
{
    private const long LengthMax = 4 * 1024 * 1024;

    /// <param name="directory">Below which scripts may be read; null for nowhere.</param>
    public static SourcedFile Read(string name, string workingDirectory, string? directory)
    {
        if (directory is null)
        {
            return new SourcedFile(null, $"“{name}” is a script that nobody has seen.");
        }

        var path = Path.GetFullPath(Path.Combine(workingDirectory, name));
        if (WritableFiles.Objection(path, directory) is not null || WritableFiles.Descriptor(path) is not null)
        {
            return new SourcedFile(null, $"“{name}” lies outside the folder of scripts that may be read.");
        }

        if (!File.Exists(path) || new FileInfo(path).Length > LengthMax)
        {
            return new SourcedFile(null, null);
        }

        return new SourcedFile(File.ReadAllText(path), null);
    }
}
