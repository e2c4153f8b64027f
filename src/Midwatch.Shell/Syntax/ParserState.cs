namespace Midwatch.Shell.Syntax;

/// <summary>The text, the place in it, and what was found so far: shared by all parts of the parser.</summary>
/// <remarks>
/// The first failure moves the place to the end of the text. Every loop of the parser ends there, so nothing needs to
/// be thrown, and only the first failure is kept: what would follow from it is noise.
/// </remarks>
internal sealed class ParserState(string text, ShellParserOptions options, int[]? map)
{
    // A table of known texts pays in a long script, where a few hundred words are most of all.
    private const int KnownLengthMax = 16;
    private const int KnownTexts = 2048;
    private const int LongText = 64 * 1024;

    private string?[]? _known = text.Length >= LongText ? new string?[KnownTexts] : null;
    private int _depth;
    private int _position;

    public string Text { get; } = text;

    public ShellParserOptions Options { get; } = options;

    /// <summary>Gets or sets the place. After a failure it stays at the end, whoever wants it elsewhere.</summary>
    public int Position
    {
        get => _position;
        set => _position = Failure is null ? value : Text.Length;
    }

    public ShellDiagnostic? Failure { get; private set; }

    /// <summary>Gets whether the failure came at the end of the text, where more text might have helped.</summary>
    public bool EndedTooSoon { get; private set; }

    public List<Comment> Comments { get; } = [];

    /// <summary>Gets the here-documents whose bodies begin after the next line break.</summary>
    public List<HereDocumentSlot> PendingDocuments { get; } = [];

    /// <summary>
    /// Gets or sets whether words are names of variables or patterns now, so that capitals are no placeholder.
    /// </summary>
    public bool WordsAreNames { get; set; }

    /// <summary>Gets the character at the current place, NUL at the end of the text.</summary>
    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public bool AtEnd => Position >= Text.Length;

    public bool Failed => Failure is not null;

    public char Peek(int ahead) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    public bool At(string token) => string.CompareOrdinal(Text, Position, token, 0, token.Length) == 0;

    public bool Take(string token)
    {
        if (!At(token))
        {
            return false;
        }

        Position += token.Length;
        return true;
    }

    /// <summary>
    /// A stretch of the text as a text of its own; the same one again for a short word that comes often.
    /// </summary>
    public string Slice(int start, int end)
    {
        var slice = Text.AsSpan(start, end - start);
        if (_known is null || slice.Length is 0 or > KnownLengthMax)
        {
            return slice.ToString();
        }

        var hash = slice.Length;
        foreach (var c in slice)
        {
            hash = unchecked((hash * 31) + c);
        }

        ref var known = ref _known[unchecked((uint)hash * 2654435761u) >> 21];
        return slice.SequenceEqual(known) ? known! : known = slice.ToString();
    }

    /// <summary>The span in the outermost text, also when this text is the unescaped inside of backticks.</summary>
    public SourceSpan SpanFrom(int start) => Span(start, Position);

    public SourceSpan Span(int start, int end) =>
        map is null ? SourceSpan.Between(start, end) : SourceSpan.Between(map[start], map[end]);

    public int Origin(int offset) => map is null ? offset : map[offset];

    public void Fail(string code, string message, string remedy, int start, int end) =>
        Fail(new ShellDiagnostic(code, message, remedy, Span(start, Math.Clamp(end, start, Text.Length))));

    public void Fail(ShellDiagnostic failure)
    {
        if (Failure is null)
        {
            if (ContinuationLength() is > 0 and var length)
            {
                NoteJoint(length);
            }

            Failure = failure;
            EndedTooSoon = AtEnd;
        }

        Position = Text.Length;
    }

    /// <summary>Goes one level deeper; false, and failed, when that is too deep.</summary>
    public bool Enter()
    {
        if (++_depth <= Options.NestingDepthMax)
        {
            return true;
        }

        Fail("SH1009", $"This nests deeper than {Options.NestingDepthMax} levels.", "Write it flatter.", Position,
            Position);
        return false;
    }

    public void Leave() => _depth--;

    /// <summary>
    /// Counts one more operator of an expression; false, and failed, when there are too many: trees of operators lean
    /// to one side, so that each makes them a level deeper for whoever walks them.
    /// </summary>
    public bool Join(ref int operators)
    {
        const int OperatorsMax = 500;
        if (++operators <= OperatorsMax)
        {
            return true;
        }

        Fail("SH1009", $"This expression has more than {OperatorsMax} operators.", "Compute it in steps.", Position,
            Position);
        return false;
    }

    /// <summary>A state for a text inside this one, counting the same depth.</summary>
    public ParserState Nested(string inner, int[] innerMap) => new(inner, Options, innerMap)
    {
        _depth = _depth, Joints = Joints, _known = _known,
    };

    /// <summary>
    /// Gets where, in the outermost text, line continuations join what stands on both sides: bash takes them out before
    /// it looks for words, so that <c>$a\</c> and <c>b</c> on the next line are the variable <c>ab</c>.
    /// </summary>
    public SortedSet<int> Joints { get; private init; } = [];

    /// <summary>Passes a line continuation; false when there is none at the place.</summary>
    public bool TakeContinuation()
    {
        var length = ContinuationLength();
        if (length > 0)
        {
            NoteJoint(length);
            Position += length;
        }

        return length > 0;
    }

    private void NoteJoint(int length)
    {
        var (before, behind) = (Position == 0 ? ' ' : Text[Position - 1], Peek(length));
        if (before is not (' ' or '\t' or '\n') && behind is not (' ' or '\t' or '\n' or '\r' or '\0'))
        {
            Joints.Add(Origin(Position));
        }
    }

    /// <summary>Length of a backslash and line break at the place, 0 for none.</summary>
    public int ContinuationLength()
    {
        if (Current != '\\')
        {
            return 0;
        }

        return Peek(1) == '\n' ? 2 : Peek(1) == '\r' && Peek(2) == '\n' ? 3 : 0;
    }

    /// <summary>Whether a line ends here; a carriage return before the line break belongs to it.</summary>
    public bool AtLineEnd => Current == '\n' || (Current == '\r' && Peek(1) == '\n');

    public void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (TakeContinuation())
            {
                continue;
            }

            if (ShellCharacters.IsBlank(Current) || (Current == '\r' && Peek(1) == '\n'))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }
}
