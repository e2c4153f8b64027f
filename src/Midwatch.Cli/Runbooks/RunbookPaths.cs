using System.Collections.Immutable;

namespace Midwatch.Cli.Runbooks;

/// <summary>Which files a user means by the files and folders that a command names.</summary>
internal static class RunbookPaths
{
    // Of a folder only what is surely Markdown is taken; any file may be named itself.
    private static readonly ImmutableArray<string> Markdown = [".md", ".markdown"];

    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <returns>The files in the order in which they were named, those of a folder by name; or what is wrong.</returns>
    internal static (ImmutableArray<string> Files, string? Problem) Expand(IEnumerable<string> paths)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            var found = Directory.EnumerateFiles(path, "*", Walk)
                .Where(file => Markdown.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).ToImmutableArray();
            if (found.IsEmpty)
            {
                return ([],
                    $"{path}: there is no *.md or *.markdown in this folder. Name the file itself if it ends otherwise.");
            }

            files.AddRange(found);
        }

        return ([.. files.Distinct()], null);
    }
}
