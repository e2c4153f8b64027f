namespace Midwatch.Shell.Expansion;

/// <summary>Puts fields together from pieces, splitting what came from unquoted expansions.</summary>
internal sealed class FieldList(string separators, CancellationToken cancellation)
{
    // Characters between two looks at the token.
    private const int CharactersUncancelled = 4096;

    private readonly List<Field> _done = [];
    private Field? _current;

    // A blank has ended a field, and a separator that is no blank would belong to the same gap.
    private bool _gap;

    /// <summary>Text that is never split; a quoted one makes a field even when it is empty.</summary>
    public void Append(string text, bool quoted)
    {
        if (text.Length > 0 || quoted)
        {
            _gap = false;
            (_current ??= new Field()).Append(text, quoted);
        }
    }

    /// <summary>Text of an unquoted expansion (POSIX 2.6.5).</summary>
    public void AppendSplit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i % CharactersUncancelled == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var c = text[i];
            if (!separators.Contains(c, StringComparison.Ordinal))
            {
                _gap = false;
                (_current ??= new Field()).Append([c], quoted: false);
            }
            else if (c is ' ' or '\t' or '\n')
            {
                _gap |= _current is not null;
                Break();
            }
            else if (_gap)
            {
                _gap = false;
            }
            else
            {
                _done.Add(_current ?? new Field());
                _current = null;
            }
        }
    }

    /// <summary>Ends the field, if there is one.</summary>
    public void Break()
    {
        if (_current is not null)
        {
            _done.Add(_current);
            _current = null;
        }
    }

    public List<Field> Finish()
    {
        Break();
        return _done;
    }
}
