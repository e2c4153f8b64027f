using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Knows which shells and prompts the commands so far have opened, the innermost last.</summary>
internal sealed class SessionTracker
{
    private readonly List<SessionPlace> _places = [];

    /// <summary>Where a line without a prompt of its own would run; null for where Midwatch runs itself.</summary>
    public SessionPlace? Current => _places.Count == 0 ? null : _places[^1];

    /// <summary>A command opened one more.</summary>
    public void Open(SessionPlace place) => _places.Add(place);

    /// <summary>The innermost was left.</summary>
    public void Leave()
    {
        if (_places.Count > 0)
        {
            _places.RemoveAt(_places.Count - 1);
        }
    }

    /// <summary>All were left.</summary>
    public void Close() => _places.Clear();
}
