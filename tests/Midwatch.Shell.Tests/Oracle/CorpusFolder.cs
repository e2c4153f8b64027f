namespace Midwatch.Shell.Tests.Oracle;

/// <summary>
/// The shell text under a folder: fences of Markdown, script files, <c>RUN</c> of Dockerfiles, scripts of CI files.
/// </summary>
internal static class CorpusFolder
{
    private const long FileBytesMax = 1_000_000;

    /// <summary>The folder named by <c>MIDWATCH_CORPUS</c>; null where it is not set or not there.</summary>
    public static string? Chosen =>
        Environment.GetEnvironmentVariable("MIDWATCH_CORPUS") is { Length: > 0 } folder && Directory.Exists(folder)
            ? folder : null;

    /// <summary>Every distinct block, ordered by its place.</summary>
    public static IEnumerable<CorpusBlock> Read(string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true,
        };
        return Directory.EnumerateFiles(folder, "*", options)
            .Where(path => new FileInfo(path).Length <= FileBytesMax)
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Blocks(path)
                .Select(block => block with { Origin = $"{Path.GetRelativePath(folder, path)}:{block.Origin}" }))
            .Where(block => block.Text.AsSpan().Trim().Length > 0 && block.Text.AsSpan().IndexOf('\0') < 0)
            .Where(block => seen.Add(block.Text.TrimEnd()));
    }

    private static IEnumerable<CorpusBlock> Blocks(string path)
    {
        var name = Path.GetFileName(path);
        return name.EndsWith(".md", StringComparison.Ordinal) || name.EndsWith(".mdx", StringComparison.Ordinal)
            || name.EndsWith(".md.erb", StringComparison.Ordinal) ? MarkdownFences.Read(File.ReadLines(path))
            : name.Contains("Dockerfile", StringComparison.Ordinal) ? DockerfileRuns.Read(File.ReadLines(path))
            : IsCi(path, name) ? CiScripts.Read(File.ReadAllText(path))
            : IsScript(path, name) ? [new CorpusBlock("1", File.ReadAllText(path))]
            : [];
    }

    private static bool IsCi(string path, string name) =>
        (name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal))
        && (path.Contains("/.github/", StringComparison.Ordinal) || name.Contains("gitlab-ci", StringComparison.Ordinal)
            || name is "action.yml" or "action.yaml" or ".travis.yml");

    private static bool IsScript(string path, string name)
    {
        if (name.Contains('.', StringComparison.Ordinal)
            && Path.GetExtension(name) is not (".sh" or ".bash" or ".bats" or ".in"))
        {
            return false;
        }

        using var reader = new StreamReader(path);
        var line = reader.ReadLine() ?? string.Empty;
        return line.StartsWith("#!", StringComparison.Ordinal)
            ? line.EndsWith("/sh", StringComparison.Ordinal) || line.Contains("/sh ", StringComparison.Ordinal)
                || line.Contains("bash", StringComparison.Ordinal)
            : name.EndsWith(".sh", StringComparison.Ordinal) || name.EndsWith(".bash", StringComparison.Ordinal);
    }
}
