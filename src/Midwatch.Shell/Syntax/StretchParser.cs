using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>
/// Reads a stretch of the top level, statement by statement; one in which line continuations turn out to join words,
/// names or operators is read again without them.
/// </summary>
internal sealed class StretchParser(ScriptParser script, ParserState state)
{
    private readonly ListParser _lists = new Grammar(state).Lists;

    // Where it met statements of the top level, in order: what follows from there hangs on nothing before it. The one
    // that begins with the text is never gone on from.
    private readonly List<Piece>? _pieces = state.Position == 0 ? null : [];

    public ParserState State => state;

    public ImmutableArray<Statement>.Builder Statements { get; } = ImmutableArray.CreateBuilder<Statement>(2);

    /// <summary>Gets whether the text has to be read again as a whole.</summary>
    public bool HasToBeReadWhole { get; private set; }

    /// <summary>Reads statements that begin before a place, and ends early where another has gone on from.</summary>
    /// <returns>The one that has gone on from where this ended.</returns>
    public StretchParser? ReadUpTo(int end, IReadOnlyList<StretchParser> others)
    {
        while (state.Position < end && !HasToBeReadWhole)
        {
            var before = new Piece(state.Position, Statements.Count, state.Comments.Count);
            _lists.SkipLines();
            if (state.Joints.Count == 0 && !state.AtEnd)
            {
                if (others.FirstOrDefault(other => other.IndexOf(state.Position) >= 0) is { } next)
                {
                    return next;
                }

                if (state.Position >= end)
                {
                    break;
                }

                _pieces?.Add(new Piece(state.Position, Statements.Count, state.Comments.Count));
            }

            _lists.ParsePiece(Statements);
            if (state.Joints.Count > 0)
            {
                ReadAgain(before);
            }
        }

        return null;
    }

    /// <summary>Hands over what was read from a place on, at which a statement of the top level begins.</summary>
    public void HandOver(int place, ImmutableArray<Statement>.Builder statements, List<Comment> comments)
    {
        var from = _pieces![IndexOf(place)];
        for (var i = from.Statements; i < Statements.Count; i++)
        {
            statements.Add(Statements[i]);
        }

        comments.AddRange(state.Comments.Skip(from.Comments));
    }

    private int IndexOf(int place) => _pieces?.BinarySearch(new Piece(place, 0, 0)) ?? -1;

    private void ReadAgain(Piece piece)
    {
        var end = state.Current == '\n' ? state.Position + 1 : state.Position;
        if (state.Failed || script.ParseJoined(piece.Place, end, state.Joints) is not { IsSound: true } again)
        {
            HasToBeReadWhole = true;
            return;
        }

        Statements.Count = piece.Statements;
        Statements.AddRange(again.Script.Statements);
        state.Comments.RemoveRange(piece.Comments, state.Comments.Count - piece.Comments);
        state.Comments.AddRange(again.Script.Comments);
        state.Joints.Clear();
        if (_pieces is [.., var last] && last.Place >= piece.Place)
        {
            // What was counted there is no more.
            _pieces.RemoveAt(_pieces.Count - 1);
        }
    }

    /// <summary>A place, and how many statements and comments were read before it.</summary>
    private readonly record struct Piece(int Place, int Statements, int Comments) : IComparable<Piece>
    {
        public int CompareTo(Piece other) => Place.CompareTo(other.Place);
    }
}
