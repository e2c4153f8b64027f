using System.Collections.Immutable;

namespace Midwatch.Runbooks.Lint;

/// <summary>
/// The tables of the linter: lines of fields between <c>|</c>; <c>#</c> begins a comment. No YAML, because the start
/// of the program waits for them.
/// </summary>
internal static class LintData
{
    /// <summary>The rows of a table, by its name in <c>Lint/Data</c>; each field trimmed.</summary>
    public static IEnumerable<ImmutableArray<string>> Rows(string name)
    {
        using var stream = typeof(LintData).Assembly.GetManifestResourceStream($"Lint/Data/{name}")
            ?? throw new InvalidDataException($"There is no table '{name}'.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return [.. line.Split('|', StringSplitOptions.TrimEntries)];
            }
        }
    }
}
