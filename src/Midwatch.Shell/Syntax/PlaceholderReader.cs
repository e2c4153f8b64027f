namespace Midwatch.Shell.Syntax;

/// <summary>Tells placeholders from redirections, globs, braces and templates, as a person would.</summary>
internal sealed class PlaceholderReader(ParserState state)
{
    private const int LengthMax = 120;

    /// <summary>Whether the <c>&lt;</c> at the place opens a placeholder and no redirection.</summary>
    public bool AtAngle() => state.Options.Placeholders && AngleLength(PlaceholderSetting.Unquoted) > 0;

    /// <summary>The placeholder at the place, which is then behind us; null when there is none.</summary>
    /// <param name="behindText">Whether plain text stands right before the place, within the same part.</param>
    public WordPart.Placeholder? TryRead(bool behindText, PlaceholderSetting setting)
    {
        if (!state.Options.Placeholders || state.AtEnd)
        {
            return null;
        }

        var quoted = setting != PlaceholderSetting.Unquoted;
        return state.Current switch
        {
            '<' => Take(AngleLength(setting), 1, PlaceholderStyle.Angle),
            '{' when state.Peek(1) == '{' => Take(TemplateLength(quoted), 2, PlaceholderStyle.Template),
            '{' when setting != PlaceholderSetting.SingleQuoted => Take(BraceLength(quoted), 1, PlaceholderStyle.Brace),
            '[' when !quoted => Take(BracketLength(), 1, PlaceholderStyle.Bracket),
            '.' or '…' when !quoted && !behindText => Take(ElisionLength(), 0, PlaceholderStyle.Elision),
            'y' or 'Y' when !quoted && !state.WordsAreNames && YourLength() is > 0 and var length =>
                Take(length, 0, PlaceholderStyle.Your),
            'n' or 'o' when !quoted && !state.WordsAreNames && DeterminedLength() is > 0 and var length =>
                Take(length, 0, PlaceholderStyle.Your),
            '*' when !quoted && !behindText => Take(StarLength(), 1, PlaceholderStyle.Star),
            'x' or 'X' when !quoted && !state.WordsAreNames && CrossesLength() is > 0 and var length =>
                Take(length, 0, PlaceholderStyle.Capitals),
            >= 'A' and <= 'Z' when !quoted && !state.WordsAreNames =>
                Take(CapitalsLength(), 0, PlaceholderStyle.Capitals),
            '/' when !quoted && !state.WordsAreNames => Take(PathLength(), 0, PlaceholderStyle.Path),
            _ => null,
        };
    }

    private WordPart.Placeholder? Take(int length, int mark, PlaceholderStyle style)
    {
        if (length == 0)
        {
            return null;
        }

        var start = state.Position;
        var name = state.Text.Substring(start + mark, length - (2 * mark)).Trim();
        state.Position += length;
        return new WordPart.Placeholder(state.SpanFrom(start), name, style);
    }

    private int AngleLength(PlaceholderSetting setting)
    {
        if (state.Current != '<' || !(char.IsLetter(state.Peek(1)) || AtNumberedName(1)))
        {
            return 0;
        }

        var length =
            Enclosed('>', c => char.IsLetterOrDigit(c) || " _-./:'’,|#()$@+=".Contains(c, StringComparison.Ordinal));
        if (length == 0)
        {
            return 0;
        }

        var inside = state.Text.Substring(state.Position + 1, length - 2);
        if (setting != PlaceholderSetting.Unquoted)
        {
            return PlaceholderNouns.Names(inside)
                || (PlaceholderNouns.IsPhrase(inside) && !inside.Contains('=', StringComparison.Ordinal))
                ? length
                : 0;
        }

        // `sort <in >out`, `wc <in 2>err`, `cmd <in >>out` and `a <b | c >d` are redirections.
        var redirects = char.IsWhiteSpace(inside[^1])
            || (inside.Length > 1 && char.IsAsciiDigit(inside[^1]) && inside[^2] == ' ' && !EndsCommand(length))
            || state.Peek(length) is '>' or '&' or '('
            || (char.IsAsciiDigit(inside[0]) && !ShellCharacters.IsMeta(state.Peek(length)))
            || inside.Contains(" |", StringComparison.Ordinal)
            || inside.Contains("| ", StringComparison.Ordinal)
            || inside.Count(c => c == '(') != inside.Count(c => c == ')');
        return redirects ? 0 : length;
    }

    // "<12-char-prefix>".
    private bool AtNumberedName(int ahead)
    {
        var start = ahead;
        while (char.IsAsciiDigit(state.Peek(ahead)))
        {
            ahead++;
        }

        return ahead > start && state.Peek(ahead) == '-' && char.IsLetter(state.Peek(ahead + 1));
    }

    // `<name from step 2>` at the end of a command: a redirection would lack its file there.
    private bool EndsCommand(int ahead)
    {
        if (state.Peek(ahead) == '|')
        {
            return false;
        }

        while (ShellCharacters.IsBlank(state.Peek(ahead)))
        {
            ahead++;
        }

        return state.Peek(ahead) is '\0' or '\n' or '\r' or ';' or '|' or ')';
    }

    private int TemplateLength(bool quoted)
    {
        var end = state.Text.IndexOf(
            "}}", state.Position, Math.Min(LengthMax, state.Text.Length - state.Position), StringComparison.Ordinal);
        if (end < 0)
        {
            return 0;
        }

        var inside = state.Text[(state.Position + 2)..end].Trim();
        var named = inside.TrimStart('.', '$');
        var simple = named.Length > 0
            && char.IsLetter(named[0])
            && named.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');
        if (!simple || named is "end" or "else" || IsGoTemplate())
        {
            return 0;
        }

        // Within quotes `{{.items}}` is far more often a template for the program than a hole for the reader.
        return quoted && inside != named ? 0 : end + 2 - state.Position;
    }

    // `--format {{.Names}}`, `-o go-template={{.x}}`: the program fills these in.
    private bool IsGoTemplate()
    {
        var before = state.Text.AsSpan(Math.Max(0, state.Position - 24), Math.Min(24, state.Position));
        return before.Contains("format", StringComparison.Ordinal)
            || before.Contains("template", StringComparison.Ordinal);
    }

    private int BraceLength(bool quoted)
    {
        var previous = Previous();
        if (!char.IsLetter(state.Peek(1)) || previous is '$' or '@' or '#' or '%' or '\\')
        {
            return 0;
        }

        var length = Enclosed('}', c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        if (length == 0 || state.Peek(length) is '<' or '>')
        {
            return 0;
        }

        return !quoted || PlaceholderNouns.Names(state.Text.Substring(state.Position + 1, length - 2)) ? length : 0;
    }

    private int BracketLength()
    {
        if (!char.IsLetter(state.Peek(1)))
        {
            return 0;
        }

        var length = Enclosed(']', c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ' or '|');
        var inside = length == 0 ? string.Empty : state.Text.Substring(state.Position + 1, length - 2);

        // `[a-z]` and `[abc]` are globs; `[env]`, `[user|group]`, `[project name]` are for the reader.
        return length > 0 && inside[^1] != ' ' && inside.Split('|').All(PlaceholderNouns.Names) ? length : 0;
    }

    private int ElisionLength()
    {
        var length = state.Current == '…' ? 1 : state.At("...") ? 3 : 0;
        var alone = (Previous() == '=' || (ShellCharacters.IsMeta(Previous()) && Previous() != ')'))
            && (ShellCharacters.IsMeta(state.Peek(length)) || state.Peek(length) == '\r'
                || (state.Peek(length) == '\\' && state.Peek(length + 1) is '\n' or '\r'));
        return length > 0 && alone ? length : 0;
    }

    private int CapitalsLength()
    {
        if (char.IsLetterOrDigit(Previous()) || Previous() is '_' or '$' or '-' or '.' or '%' or '\\')
        {
            return 0;
        }

        var length = 0;
        while (char.IsAsciiLetterUpper(state.Peek(length)) || char.IsAsciiDigit(state.Peek(length))
            || state.Peek(length) is '_' or '-')
        {
            length++;
        }

        var next = state.Peek(length);
        if (length < 4 || char.IsLetterOrDigit(next) || next is '=' or '(' or '+')
        {
            return 0;
        }

        var text = state.Text.Substring(state.Position, length);
        var words = PlaceholderNouns.Split(text);
        return words switch
        {
            [] => 0,
            ["NAMESPACE" or "PODNAME" or "NODENAME" or "CHANGEME" or "PLACEHOLDER"] => length,
            [_] => 0,
            ["YOUR" or "MY", ..] or ["REPLACE" or "CHANGE", "ME"] => length,
            _ when text.Contains('-', StringComparison.Ordinal) => words[^1] is "NAME" or "ID" ? length : 0,
            _ => PlaceholderNouns.Names(text) ? length : 0,
        };
    }

    // `XX`, `xxx`, `X.X.X.X`, `file-XX`; but `-XX:+UseG1GC` is an option, and `x.XXXXXX` what mktemp is given.
    private int CrossesLength()
    {
        const int CrossesMax = 5;
        var cross = state.Current;
        var behindHyphen = Previous() == '-' && state.Position > 1
            && char.IsLetterOrDigit(state.Text[state.Position - 2]);
        if (char.IsLetterOrDigit(Previous()) || Previous() is '_' or '$' or '%' or '\\' or '.'
            || (Previous() == '-' && !behindHyphen))
        {
            return 0;
        }

        var (length, crosses) = (0, 0);
        while (state.Peek(length) == cross || (state.Peek(length) == '.' && state.Peek(length + 1) == cross))
        {
            crosses += state.Peek(length) == cross ? 1 : 0;
            length++;
        }

        var next = state.Peek(length);
        var enough = crosses >= (cross == 'X' ? 2 : 3) && crosses <= CrossesMax;
        return enough && !char.IsLetterOrDigit(next) && next is not ('_' or '=' or '(' or '+') ? length : 0;
    }

    /// <summary>
    /// <c>${user-from-last-command}</c>, which bash takes for a variable and what stands for it: a phrase for the
    /// reader. Null when it is none.
    /// </summary>
    public WordPart.Placeholder? TryReadPhrase()
    {
        const int HyphensMin = 3;
        var length = 2;
        var hyphens = 0;
        while (char.IsAsciiLetterLower(state.Peek(length)) || (length > 2 && state.Peek(length) == '-'))
        {
            hyphens += state.Peek(length) == '-' ? 1 : 0;
            length++;
        }

        if (!state.Options.Placeholders || hyphens < HyphensMin || state.Peek(length) != '}' || length > LengthMax)
        {
            return null;
        }

        var start = state.Position;
        state.Position += length + 1;
        return new WordPart.Placeholder(
            state.SpanFrom(start), state.Text[(start + 2)..(start + length)], PlaceholderStyle.Brace);
    }

    private int YourLength()
    {
        if (char.IsLetterOrDigit(Previous()) || Previous() is '_' or '$' or '-')
        {
            return 0;
        }

        if (!state.At("your-") && !state.At("your_"))
        {
            return 0;
        }

        var length = 5;
        while (char.IsAsciiLetterOrDigit(state.Peek(length)) || state.Peek(length) is '_' or '-')
        {
            length++;
        }

        return length > 5 && state.Peek(length) != '=' ? length : 0;
    }

    // `new_primary_ip`, `old_node_name`: three words of which the last says what it is. Two may well be a real name.
    private int DeterminedLength()
    {
        const int WordsMin = 3;
        if (!(state.At("new_") || state.At("old_"))
            || !(Previous() is '=' or '@' || ShellCharacters.IsMeta(Previous())))
        {
            return 0;
        }

        var length = 0;
        while (char.IsAsciiLetterLower(state.Peek(length)) || char.IsAsciiDigit(state.Peek(length))
            || state.Peek(length) == '_')
        {
            length++;
        }

        var words = PlaceholderNouns.Split(state.Text.Substring(state.Position, length));
        var ends = ShellCharacters.IsMeta(state.Peek(length)) || state.Peek(length) is ':' or '/' or '\r' or '\0';
        return ends && words.Length >= WordsMin && PlaceholderNouns.IsNoun(words[^1]) ? length : 0;
    }

    // `*pod-name*`: no file is called so, and `*log-file*` is a glob.
    private int StarLength()
    {
        if (!ShellCharacters.IsMeta(Previous()) || !char.IsAsciiLetter(state.Peek(1)))
        {
            return 0;
        }

        var length = Enclosed('*', c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        var words = length > 0 ? PlaceholderNouns.Split(state.Text.Substring(state.Position + 1, length - 2)) : [];
        var ends = ShellCharacters.IsMeta(state.Peek(length)) || state.Peek(length) is '\r' or '\0';
        return ends && words.Length > 1 && (words[^1] is "name" or "NAME") ? length : 0;
    }

    // `/path/to/scripts`: nobody has a folder of that name; what follows it is the document's.
    private int PathLength()
    {
        const string Path = "/path/to";
        var begins = Previous() is '=' or ':' || ShellCharacters.IsMeta(Previous());
        var next = state.Peek(Path.Length);
        return begins && state.At(Path) && (next == '/' || ShellCharacters.IsMeta(next))
            ? Path.Length : 0;
    }

    /// <summary>Length up to and with the closing mark, 0 when something else comes first.</summary>
    private int Enclosed(char close, Func<char, bool> allowed)
    {
        for (var length = 1; length < LengthMax; length++)
        {
            var c = state.Peek(length);
            if (c == close)
            {
                return length > 1 ? length + 1 : 0;
            }

            if (!allowed(c))
            {
                return 0;
            }
        }

        return 0;
    }

    private char Previous() => state.Position > 0 ? state.Text[state.Position - 1] : '\0';
}
