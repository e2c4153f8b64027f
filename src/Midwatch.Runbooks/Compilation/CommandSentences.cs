using System.Collections.Immutable;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>
/// Finds the sentence that each command of a text stands in. A text may hold thousands: each is looked for behind the
/// one before.
/// </summary>
internal sealed class CommandSentences(string text)
{
    // So many commands of one text are looked for in vain (each up to its end); behind that none is.
    private const int MissesMax = 200;

    private readonly ImmutableArray<string> _sentences = Sentences.Of(text);
    private readonly Dictionary<string, Queue<int>> _marks = Marked(text);
    private int _coded;
    private int _at;
    private int _within;
    private int _missed;

    /// <summary>A sentence by its number.</summary>
    public string this[int number] => _sentences[number];

    /// <summary>The number of the sentence of the next command in code marks; null where none is found.</summary>
    public int? Of(string command)
    {
        if (_missed > MissesMax || !IsMarked(command))
        {
            return null;
        }

        for (var (at, from) = (_at, _within); at < _sentences.Length; (at, from) = (at + 1, 0))
        {
            if (_sentences[at].IndexOf(command, from, StringComparison.Ordinal) is >= 0 and var start)
            {
                (_at, _within) = (at, start + command.Length);
                return at;
            }
        }

        _missed++;
        return null;
    }

    /// <summary>Whether a command stands between marks behind the one before; goes there.</summary>
    private bool IsMarked(string command)
    {
        if (!_marks.TryGetValue(command, out var places))
        {
            return false;
        }

        while (places.TryDequeue(out var place))
        {
            if (place >= _coded)
            {
                _coded = place + command.Length;
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands between two marks of code, and where.</summary>
    private static Dictionary<string, Queue<int>> Marked(string text)
    {
        var marks = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        var opened = text.IndexOf('`', StringComparison.Ordinal);
        while (opened >= 0 && text.IndexOf('`', opened + 1) is >= 0 and var closed)
        {
            var content = text[(opened + 1)..closed];
            if (!marks.TryGetValue(content, out var places))
            {
                marks.Add(content, places = new Queue<int>());
            }

            places.Enqueue(opened);
            opened = closed;
        }

        return marks;
    }
}
