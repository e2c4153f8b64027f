namespace Midwatch.Processes.Places;

/// <summary>
/// Finds a path of a place from outside it: its links are links within the place, wherever they seem to lead.
/// </summary>
internal static class PathInside
{
    private const int LinksMax = 40;

    /// <param name="root">The place's root, as seen from outside.</param>
    /// <param name="path">Absolute, as seen from inside; need not exist.</param>
    public static string Resolve(string root, string path)
    {
        var links = 0;
        var open = new Stack<string>(Parts(path).Reverse());
        var done = new List<string>();
        while (open.TryPop(out var part))
        {
            if (part == "..")
            {
                done.RemoveRange(Math.Max(0, done.Count - 1), Math.Min(1, done.Count));
                continue;
            }

            var link = new FileInfo(Path.Combine([root, .. done, part])).LinkTarget;
            if (link is null || ++links > LinksMax)
            {
                done.Add(part);
                continue;
            }

            if (link.StartsWith('/'))
            {
                done.Clear();
            }

            foreach (var step in Parts(link).Reverse())
            {
                open.Push(step);
            }
        }

        return Path.Combine([root, .. done]);
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}
