using System.Collections.Immutable;
using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;
using Midwatch.Cli.Runbooks;

namespace Midwatch.Cli.Linting;

/// <summary>Which documents are meant by files, folders and globs.</summary>
internal static class LintPaths
{
    /// <returns>The files in order, each once, with what could not be looked into; or what is wrong.</returns>
    internal static (ImmutableArray<string> Files, ImmutableArray<string> Remarks, string? Problem) Expand(
        ImmutableArray<string> paths, LintConfiguration configuration)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var remarks = ImmutableArray.CreateBuilder<string>();
        foreach (var path in paths)
        {
            if (path == "-" || !IsGlob(path))
            {
                var (found, told, problem) = path == "-" ? (["-"], [], null) : RunbookPaths.Expand([path]);
                if (problem is not null)
                {
                    return ([], [], problem);
                }

                files.AddRange(found);
                remarks.AddRange(told);
                continue;
            }

            var matches = Glob(path);
            if (matches.IsEmpty)
            {
                return ([], [], $"{path}: no file matches.");
            }

            files.AddRange(matches);
        }

        return ([.. files.Distinct().Where(file => !IsIgnored(file, configuration))], remarks.ToImmutable(), null);
    }

    private static bool IsGlob(string path) => path.AsSpan().IndexOfAny("*?[") >= 0 && !Path.Exists(path);

    private static ImmutableArray<string> Glob(string pattern)
    {
        // The folder before the first wildcard is where the search starts; what it finds is named as the user did.
        var first = pattern.IndexOfAny(['*', '?', '[']);
        var slash = pattern.LastIndexOf('/', first);
        var root = slash < 0 ? "." : slash == 0 ? "/" : pattern[..slash];
        if (!Directory.Exists(root))
        {
            return [];
        }

        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(pattern[(slash + 1)..]);
        return
        [
            .. matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(root))).Files
                .Select(match => slash < 0 ? match.Path : $"{root.TrimEnd('/')}/{match.Path}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsIgnored(string file, LintConfiguration configuration)
    {
        if (configuration.Ignore.IsEmpty || file == "-")
        {
            return false;
        }

        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(configuration.Ignore);
        return matcher.Match(configuration.Folder, Path.GetFullPath(file)).HasMatches;
    }
}
