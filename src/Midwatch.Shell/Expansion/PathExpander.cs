namespace Midwatch.Shell.Expansion;

/// <summary>Finds the files that a pattern names.</summary>
internal sealed class PathExpander(ShellState state, int pathsMax)
{
    private readonly bool _extended = state.Options.IsOn("extglob");
    private readonly bool _folds = state.Options.IsOn("nocaseglob");
    private readonly bool _dotted = state.Options.IsOn("dotglob");
    private readonly bool _deep = state.Options.IsOn("globstar");

    /// <summary>Gets whether there were too many paths to look at; what was found is not all then.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Matching paths in the order of their bytes; empty when there is none.</summary>
    public IReadOnlyList<string> Expand(string pattern)
    {
        var absolute = pattern.StartsWith('/');
        var found = new List<string> { absolute ? "/" : string.Empty };
        var segments = Segments(pattern);
        for (var i = absolute ? 1 : 0; i < segments.Count && found.Count > 0 && !IsExhausted; i++)
        {
            var last = i == segments.Count - 1;
            var segment = segments[i];
            found = [.. found.SelectMany(prefix => Step(prefix, segment, last)).Take(pathsMax + 1)];
            IsExhausted = found.Count > pathsMax;
        }

        found.RemoveAll(path => path.Length == 0);
        state.Cancellation.ThrowIfCancellationRequested();
        found.Sort(ByBytes);
        return _deep ? [.. found.Distinct(StringComparer.Ordinal)] : found;
    }

    private static List<string> Segments(string pattern)
    {
        var segments = new List<string>();
        foreach (var piece in pattern.Split('/'))
        {
            // `a/**/**/b` is `a/**/b`.
            if (piece != "**" || segments.Count == 0 || segments[^1] != "**")
            {
                segments.Add(piece);
            }
        }

        return segments;
    }

    private static int ByBytes(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length - right.Length
            : Rank(left[same]) - Rank(right[same]);
    }

    // UTF-8 sorts as code points do; in UTF-16 the surrogates, which stand for those beyond 0xFFFF, come before others.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + char.MaxValue : c;

    private IEnumerable<string> Step(string prefix, string segment, bool last)
    {
        var suffix = last ? string.Empty : "/";
        if (segment.Length == 0)
        {
            return [last || prefix.EndsWith('/') ? prefix : prefix + "/"];
        }

        if (segment == "**" && _deep)
        {
            return Deep(prefix, last);
        }

        if (!HasGlob(segment))
        {
            var path = prefix + Unescape(segment) + suffix;
            return Exists(Path.Combine(state.WorkingDirectory, path), !last) ? [path] : [];
        }

        var directory = Path.Combine(state.WorkingDirectory, prefix);
        var matcher = new ShellPattern(segment, _extended, _folds, state.Cancellation);
        var dotted = _dotted || segment.StartsWith('.') || segment.StartsWith("\\.", StringComparison.Ordinal);
        return Entries(directory, !last)
            .Where(name => (dotted || !name.StartsWith('.')) && matcher.IsMatch(name))
            .Select(name => prefix + name + suffix);
    }

    /// <summary>What is below a folder, however deep; links to folders are not entered.</summary>
    private IEnumerable<string> Deep(string prefix, bool last)
    {
        if (prefix.Length > 0 || !last)
        {
            yield return prefix;
        }

        foreach (var name in Entries(Path.Combine(state.WorkingDirectory, prefix), directoriesOnly: !last))
        {
            if (name.StartsWith('.') && !_dotted)
            {
                continue;
            }

            var path = Path.Combine(state.WorkingDirectory, prefix + name);
            if (last)
            {
                yield return prefix + name;
            }

            if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
            {
                foreach (var below in Deep(prefix + name + "/", last).Where(below => !last || !below.EndsWith('/')))
                {
                    yield return below;
                }
            }
        }
    }

    private bool HasGlob(string segment)
    {
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '\\')
            {
                i++;
            }
            else if (segment[i] is '*' or '?' || (_extended && segment[i] == '(')
                || (segment[i] == '[' && segment.IndexOf(']', i) > 0))
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
        || (!directory && (File.Exists(path) || new FileInfo(path).LinkTarget is not null));

    private List<string> Entries(string directory, bool directoriesOnly)
    {
        var names = new List<string>();
        try
        {
            var options = new EnumerationOptions
            {
                AttributesToSkip = 0,
                IgnoreInaccessible = false,
            };
            var paths = directoriesOnly
                ? Directory.EnumerateDirectories(directory, "*", options)
                : Directory.EnumerateFileSystemEntries(directory, "*", options);
            foreach (var path in paths)
            {
                state.Cancellation.ThrowIfCancellationRequested();
                names.Add(Path.GetFileName(path));
            }

            return names;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // As in bash: what cannot be listed matches nothing.
            return [];
        }
    }
}
