using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>Collects the parts of a word; neighbouring plain characters become one literal.</summary>
internal sealed class PartList(ParserState state)
{
    private readonly ImmutableArray<WordPart>.Builder _parts = ImmutableArray.CreateBuilder<WordPart>();
    private readonly StringBuilder _literal = new();
    private int _literalStart = -1;

    public bool IsEmpty => _parts.Count == 0 && _literalStart < 0;

    /// <summary>Gets the plain text collected since the last part.</summary>
    public StringBuilder Literal => _literal;

    /// <summary>Takes characters at the place as plain text.</summary>
    public void TakeLiteral(int count = 1)
    {
        if (_literalStart < 0)
        {
            _literalStart = state.Position;
        }

        _literal.Append(state.Text, state.Position, count);
        state.Position += count;
    }

    /// <summary>Adds a part that was parsed up to the place.</summary>
    public void Add(WordPart part, int partStart)
    {
        Flush(partStart);
        _parts.Add(part);
    }

    public ImmutableArray<WordPart> Finish()
    {
        Flush(state.Position);
        return _parts.ToImmutable();
    }

    private void Flush(int end)
    {
        if (_literalStart < 0)
        {
            return;
        }

        _parts.Add(new WordPart.Literal(state.Span(_literalStart, end), _literal.ToString()));
        _literal.Clear();
        _literalStart = -1;
    }
}
