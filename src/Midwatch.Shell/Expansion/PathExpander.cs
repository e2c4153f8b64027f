namespace Midwatch.Shell.Expansion;

/// <summary>Finds the files that a pattern names.</summary>
internal static class PathExpander
{
    /// <summary>Matching paths in the order of their bytes; empty when there is none.</summary>
    public static IReadOnlyList<string> Expand(string pattern, string workingDirectory)
    {
        var absolute = pattern.StartsWith('/');
        var found = new List<string> { absolute ? "/" : string.Empty };
        var segments = pattern.Split('/');
        for (var i = absolute ? 1 : 0; i < segments.Length && found.Count > 0; i++)
        {
            var last = i == segments.Length - 1;
            found = [.. found.SelectMany(prefix => Step(prefix, segments[i], last, workingDirectory))];
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static IEnumerable<string> Step(string prefix, string segment, bool last, string workingDirectory)
    {
        var suffix = last ? string.Empty : "/";
        if (segment.Length == 0)
        {
            return [last ? prefix : prefix + "/"];
        }

        if (!HasGlob(segment))
        {
            var path = prefix + Unescape(segment) + suffix;
            return Exists(Path.Combine(workingDirectory, path), !last) ? [path] : [];
        }

        var directory = Path.Combine(workingDirectory, prefix);
        var matcher = new ShellPattern(segment, extended: false);
        var dotted = segment.StartsWith('.') || segment.StartsWith("\\.", StringComparison.Ordinal);
        return Entries(directory, !last)
            .Where(name => (dotted || !name.StartsWith('.')) && matcher.IsMatch(name))
            .Select(name => prefix + name + suffix);
    }

    private static bool HasGlob(string segment)
    {
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '\\')
            {
                i++;
            }
            else if (segment[i] is '*' or '?' or '[')
            {
                return true;
            }
        }

        return false;
    }

    private static string Unescape(string segment)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < segment.Length; i++)
        {
            i += segment[i] == '\\' && i + 1 < segment.Length ? 1 : 0;
            text.Append(segment[i]);
        }

        return text.ToString();
    }

    private static bool Exists(string path, bool directory) => Directory.Exists(path)
        || (!directory && File.Exists(path));

    private static string[] Entries(string directory, bool directoriesOnly)
    {
        try
        {
            var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
            var paths = directoriesOnly
                ? Directory.EnumerateDirectories(directory, "*", options)
                : Directory.EnumerateFileSystemEntries(directory, "*", options);
            return [.. paths.Select(path => Path.GetFileName(path))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // As in bash: what cannot be listed matches nothing.
            return [];
        }
    }
}
