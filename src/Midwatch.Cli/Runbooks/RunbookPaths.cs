using System.Collections.Immutable;

namespace Midwatch.Cli.Runbooks;

/// <summary>Which files a user means by the files and folders that a command names.</summary>
internal static class RunbookPaths
{
    // Of a folder only what is surely Markdown is taken; any file may be named itself.
    private static readonly ImmutableArray<string> Markdown = [".md", ".markdown", ".mdx", ".md.erb"];

    /// <returns>
    /// The files in the order in which they were named, those of a folder by name, with what in the folders could not
    /// be looked into; or what is wrong.
    /// </returns>
    internal static (ImmutableArray<string> Files, ImmutableArray<string> Remarks, string? Problem) Expand(
        IEnumerable<string> paths)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var remarks = ImmutableArray.CreateBuilder<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            var found = Walk(path, remarks);
            if (found.Count == 0)
            {
                return ([], [],
                    $"{path}: there is no *.md, *.markdown or *.mdx in this folder. "
                    + "Name the file itself if it ends otherwise.");
            }

            files.AddRange(found);
        }

        return ([.. files.Distinct()], remarks.ToImmutable(), null);
    }

    /// <summary>
    /// Looks through a folder without following links below it: a loop of links would never end. Hidden folders are
    /// left out.
    /// </summary>
    private static List<string> Walk(string root, ImmutableArray<string>.Builder remarks)
    {
        var files = new List<string>();
        var links = new List<string>();
        var open = new Stack<string>([root]);
        var folders = new List<(string Path, bool IsLink)>();
        while (open.TryPop(out var folder))
        {
            folders.Clear();
            try
            {
                foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                {
                    if (entry.Name.StartsWith('.'))
                    {
                        continue;
                    }

                    // The path as the user named it, and not as the system resolves it.
                    var path = Path.Combine(folder, entry.Name);
                    if (entry.Attributes.HasFlag(FileAttributes.Directory))
                    {
                        folders.Add((path, entry.LinkTarget is not null));
                    }
                    else if (IsMarkdown(entry.Name))
                    {
                        (entry.LinkTarget is null ? files : links).Add(path);
                    }
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                remarks.Add($"{folder}: cannot be looked into: {problem.Message}");
            }

            links.AddRange(folders.Where(each => each.IsLink).Select(each => each.Path));
            folders.Where(each => !each.IsLink).ToList().ForEach(each => open.Push(each.Path));
        }

        files.Sort(StringComparer.Ordinal);
        if (links.Count > 0)
        {
            links.Sort(StringComparer.Ordinal);
            remarks.Add($"{links[0]}: is a symbolic link, which is not followed"
                + (links.Count > 1 ? FormattableString.Invariant($" ({links.Count - 1} more)") : string.Empty)
                + ". Name what it leads to.");
        }

        return files;
    }

    private static bool IsMarkdown(string name) =>
        Markdown.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
