namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Relative links to files that are not there (MW4002).</summary>
internal static class LinkCheck
{
    private static readonly string[] Parts =
        ["snippets", "_snippets", "includes", "_includes", "partials", "_partials", "fragments"];

    private static readonly string[] Sources = [".md", ".html.md", ".html.md.erb", ".html.erb", ".mdx", ".markdown"];

    /// <summary>The dead links of a document.</summary>
    public static IEnumerable<Report> Of(LintDocument document, Func<string, bool> exists)
    {
        if (document.Runbook.Path.Split('/').SkipLast(1).Any(Parts.Contains))
        {
            // A part that pages take in: its links lead from there, and not from where it lies.
            yield break;
        }

        foreach (var (target, span) in DocumentLinks.Of(document))
        {
            if (Relative(target) is { } path && Resolve(document.Runbook.Path, target, exists) is null)
            {
                yield return new Report("MW4002", span, $"There is no file '{path}'.",
                    "Correct the path, or take the link out.");
            }
        }
    }

    /// <summary>The file that a link of a document leads to; null for none that is there.</summary>
    /// <param name="document">The document's own path.</param>
    public static string? Resolve(string document, string target, Func<string, bool> exists)
    {
        var slash = document.LastIndexOf('/');
        return Relative(target) is { } path
            ? Candidates(document, slash < 0 ? "" : document[..slash], path).FirstOrDefault(exists)
            : null;
    }

    /// <summary>A path without steps that lead nowhere ("./", "a/../").</summary>
    public static string Normal(string path) =>
        path.LastIndexOf('/') is >= 0 and var slash ? Join(path[..(slash + 1)], path[(slash + 1)..]) : path;

    /// <summary>The path of a link to a file beside; null for anything else. Templates are not paths yet.</summary>
    private static string? Relative(string target)
    {
        var path = target.Split('#', '?')[0];
        if (path.Length == 0 || path.Contains(':', StringComparison.Ordinal) || path.StartsWith('/')
            || path.Contains('{', StringComparison.Ordinal) || path.Contains('$', StringComparison.Ordinal)
            || path.Contains('%', StringComparison.Ordinal) && !path.Contains("%20", StringComparison.Ordinal)
            || path.StartsWith("www.", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)
            || path is "." or ".."
                || path.Contains("...", StringComparison.Ordinal)
            || path.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        // A word without a slash or a known ending is an address of a site, or no path at all.
        return path.Contains('/', StringComparison.Ordinal) || path.Contains('.', StringComparison.Ordinal)
            ? Uri.UnescapeDataString(path)
            : null;
    }

    /// <summary>What a link may mean: the file, a page that a site generator makes of one, or a folder's
    /// index.</summary>
    private static IEnumerable<string> Candidates(string document, string folder, string path)
    {
        var bare = path.TrimEnd('/');
        var page = bare.EndsWith(".html", StringComparison.Ordinal) ? bare[..^5] : bare;
        string[] names =
        [
            bare, .. Sources.Select(ending => bare + ending), .. Sources.Select(ending => page + ending),
            bare + "/_index.md", bare + "/index.md", bare + "/README.md",
        ];
        foreach (var name in names)
        {
            yield return Join(folder, name);
        }

        var file = document[(document.LastIndexOf('/') + 1)..];
        if (file.StartsWith("index.", StringComparison.Ordinal) && folder.Length > 0)
        {
            // Some sites serve a folder's index under the folder's name, beside the folder.
            foreach (var name in names)
            {
                yield return Join(folder + "/..", name);
            }
        }

        // Sites that serve a page as a folder resolve links from inside of it.
        var dot = document.LastIndexOf('.');
        var slash = document.LastIndexOf('/');
        var isIndex = document[(slash + 1)..].StartsWith("_index.", StringComparison.Ordinal)
            || document[(slash + 1)..].StartsWith("index.", StringComparison.Ordinal);
        if (dot > slash && !isIndex && path.StartsWith("../", StringComparison.Ordinal))
        {
            foreach (var name in names)
            {
                yield return Join(document[..dot], name);
            }
        }
    }

    private static string Join(string folder, string name)
    {
        var parts = new List<string>();
        var rooted = folder.StartsWith('/');
        foreach (var part in $"{folder}/{name}".Split('/'))
        {
            if (part == ".." && parts is [.., not ".."])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return (rooted ? "/" : "") + string.Join('/', parts);
    }
}
