namespace Midwatch.Shell.Syntax;

/// <summary>How far plain text goes: stretches of characters of which none means anything to the parser.</summary>
internal sealed class PlainRuns(ParserState state)
{
    // One bit for each place where text may stand. Tables, because the vectorised search of .NET is slow until it was
    // compiled, and most words are short.
    private const byte Word = 1;
    private const byte Operand = 2;
    private const byte Quoted = 4;
    private const byte SingleQuoted = 8;
    private const byte Name = 16;
    private const int Ascii = 128;

    // Where a placeholder or damage may begin; the typographic ones lie beyond ASCII, where every character counts.
    private const string BeginsPlaceholder = "{[./*noxyYABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly byte[] Bash = Table(runbook: false);
    private static readonly byte[] Runbook = Table(runbook: true);

    private readonly byte[] _table = state.Options.Placeholders ? Runbook : Bash;
    private readonly bool _beyondAscii = !state.Options.Placeholders;

    /// <summary>Length of plain text at the place, in a word of a command.</summary>
    public int InWord() => Length(Word, _beyondAscii);

    /// <summary>The same in the operand of a parameter expansion, a subscript or a pattern.</summary>
    public int InOperand() => Length(Operand, _beyondAscii);

    /// <summary>The same within double quotes or a here-document.</summary>
    public int InQuotes() => Length(Quoted, beyondAscii: true);

    /// <summary>The same within single quotes.</summary>
    public int InSingleQuotes() => Length(SingleQuoted, beyondAscii: true);

    /// <summary>The same in what may be the name of a function.</summary>
    public int InName() => Length(Name, beyondAscii: true);

    private int Length(byte place, bool beyondAscii)
    {
        var text = state.Text;
        var table = _table;
        var i = state.Position;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c < Ascii ? (table[c] & place) != 0 : !beyondAscii)
            {
                break;
            }
        }

        return i - state.Position;
    }

    private static byte[] Table(bool runbook)
    {
        var table = new byte[Ascii];
        Mark(" \t\n\r;&|<>()\0'\"`$\\", Word | Operand | Name);
        Mark("}/[]", Operand);
        Mark("\"\\`$", Quoted);
        Mark("'", SingleQuoted);
        if (runbook)
        {
            Mark(BeginsPlaceholder, Word | Operand);
            Mark("<{", Quoted | SingleQuoted);
        }

        return table;

        void Mark(string characters, int places)
        {
            foreach (var c in characters)
            {
                table[c] |= (byte)places;
            }
        }
    }
}
