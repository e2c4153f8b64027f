namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Finds circles in a graph: sets of two or more nodes of which each leads to each.</summary>
internal sealed class Circles
{
    private readonly Dictionary<string, List<string>> _edges;
    private readonly Dictionary<string, (int Number, int Low)> _seen = new(StringComparer.Ordinal);
    private readonly Stack<string> _open = new();
    private readonly HashSet<string> _isOpen = new(StringComparer.Ordinal);

    private Circles(Dictionary<string, List<string>> edges) => _edges = edges;

    /// <summary>The circles, by Tarjan's way: in time that grows with nodes and edges, and without recursion.</summary>
    public static List<HashSet<string>> In(Dictionary<string, List<string>> edges)
    {
        var found = new List<HashSet<string>>();
        var search = new Circles(edges);
        foreach (var node in edges.Keys.Where(node => edges[node].Count > 0))
        {
            if (!search._seen.ContainsKey(node))
            {
                search.From(node, found);
            }
        }

        return found;
    }

    private void From(string start, List<HashSet<string>> found)
    {
        var way = new Stack<(string Node, int Next)>();
        Enter(start);
        way.Push((start, 0));
        while (way.TryPop(out var at))
        {
            var (node, next) = at;
            if (next < _edges[node].Count)
            {
                way.Push((node, next + 1));
                var target = _edges[node][next];
                if (!_seen.TryGetValue(target, out var seen))
                {
                    Enter(target);
                    way.Push((target, 0));
                }
                else if (_isOpen.Contains(target))
                {
                    Lower(node, seen.Number);
                }

                continue;
            }

            if (_seen[node].Number == _seen[node].Low && Close(node) is { Count: > 1 } circle)
            {
                found.Add(circle);
            }

            if (way.TryPeek(out var above))
            {
                Lower(above.Node, _seen[node].Low);
            }
        }
    }

    private void Enter(string node)
    {
        _seen[node] = (_seen.Count, _seen.Count);
        _open.Push(node);
        _isOpen.Add(node);
    }

    private void Lower(string node, int low) =>
        _seen[node] = (_seen[node].Number, Math.Min(_seen[node].Low, low));

    private HashSet<string> Close(string node)
    {
        var circle = new HashSet<string>(StringComparer.Ordinal);
        string each;
        do
        {
            each = _open.Pop();
            _isOpen.Remove(each);
            circle.Add(each);
        }
        while (each != node);
        return circle;
    }
}
