namespace Midwatch.Shell.Tests.Syntax;

/// <summary>The scripts that lie beside the tests.</summary>
internal static class Scripts
{
    public static IEnumerable<string> Curated() => Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Scripts"), "*.sh")
        .Order(StringComparer.Ordinal)
        .SelectMany(path => File.ReadAllText(path).Split("#---\n", StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The shell blocks of the seed runbooks; empty where the seeds are not.</summary>
    public static IReadOnlyList<string> OfSeeds()
    {
        var shared = Environment.GetEnvironmentVariable("MIDWATCH_SHARED") ?? Beside();
        var seeds = shared is null ? null : Path.Combine(shared, "seeds");
        return seeds is null || !Directory.Exists(seeds) ? [] : [.. Directory.GetFiles(seeds, "*.txt").SelectMany(Blocks)];
    }

    private static string? Beside()
    {
        var directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Midwatch.slnx")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory is null ? null : Path.GetFullPath(Path.Combine(directory, "..", "shared"));
    }

    private static IEnumerable<string> Blocks(string path)
    {
        List<string>? block = null;
        foreach (var line in File.ReadLines(path))
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (fence && block is null)
            {
                block = line.Contains("bash", StringComparison.Ordinal) || line.Contains("sh", StringComparison.Ordinal) ? [] : null;
            }
            else if (fence && block is not null)
            {
                yield return string.Join('\n', block) + "\n";
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }
}
