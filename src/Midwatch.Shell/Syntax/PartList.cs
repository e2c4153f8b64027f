using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>Collects the parts of a word; neighbouring plain characters become one literal.</summary>
/// <remarks>Used again and again: a large script has a million words, and garbage costs more than parsing.</remarks>
internal sealed class PartList(ParserState state)
{
    private readonly List<WordPart> _parts = [];
    private StringBuilder? _joined;
    private int _literalStart = -1;
    private int _pieceStart;
    private int _pieceEnd;

    public bool IsEmpty => _parts.Count == 0 && _literalStart < 0;

    /// <summary>Gets whether plain text was taken since the last part.</summary>
    public bool InLiteral => _literalStart >= 0;

    /// <summary>Gets the offset behind the last part: a line continuation behind it belongs to no word.</summary>
    public int End { get; private set; }

    /// <summary>Begins anew at the place.</summary>
    public void Reset()
    {
        _parts.Clear();
        _joined?.Clear();
        _literalStart = -1;
        End = state.Position;
    }

    /// <summary>Takes characters at the place as plain text.</summary>
    public void TakeLiteral(int count = 1)
    {
        if (_literalStart < 0)
        {
            _literalStart = state.Position;
            _pieceStart = state.Position;
        }
        else if (_pieceEnd != state.Position)
        {
            // A continuation lies between.
            (_joined ??= new StringBuilder()).Append(state.Text, _pieceStart, _pieceEnd - _pieceStart);
            _pieceStart = state.Position;
        }

        state.Position += count;
        _pieceEnd = state.Position;
        End = _pieceEnd;
    }

    /// <summary>Adds a part that was parsed up to the place.</summary>
    public void Add(WordPart part)
    {
        Flush();
        _parts.Add(part);
        End = state.Position;
    }

    public ImmutableArray<WordPart> Finish()
    {
        Flush();
        return _parts.Count == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(_parts.ToArray());
    }

    private void Flush()
    {
        if (_literalStart < 0)
        {
            return;
        }

        var text = _joined is not { Length: > 0 } joined
            ? state.Slice(_pieceStart, _pieceEnd)
            : joined.Append(state.Text, _pieceStart, _pieceEnd - _pieceStart).ToString();
        _parts.Add(new WordPart.Literal(state.Span(_literalStart, _pieceEnd), text));
        _joined?.Clear();
        _literalStart = -1;
    }
}
