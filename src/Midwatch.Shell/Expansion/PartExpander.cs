using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Expands the parts of one word into fields.</summary>
internal sealed class PartExpander(Expander expander, FieldList fields, bool splits)
{
    private bool _begun;

    /// <summary>Gets or sets whether a tilde behind a colon counts, as in assignments.</summary>
    public bool TildeBehindColon { get; set; }

    /// <summary>Gets whether the word begins with a value from outside the script.</summary>
    public bool BeginsForeign { get; private set; }

    public async ValueTask ExpandAsync(ImmutableArray<WordPart> parts, bool quoted)
    {
        for (var i = 0; i < parts.Length && expander.Failure is null; i++)
        {
            await ExpandAsync(parts[i], quoted, first: i == 0, last: i == parts.Length - 1);
        }
    }

    private async ValueTask ExpandAsync(WordPart part, bool quoted, bool first, bool last)
    {
        switch (part)
        {
            case WordPart.Literal literal:
                AppendLiteral(literal.Text, quoted, first, last);
                break;
            case WordPart.Escaped escaped:
                Append(escaped.Text, quoted: true);
                break;
            case WordPart.SingleQuoted single:
                Append(single.Text, quoted: true);
                break;
            case WordPart.AnsiQuoted ansi:
                Append(ansi.Value, quoted: true);
                break;
            case WordPart.DoubleQuoted both:
                await ExpandQuotedAsync(both);
                break;
            case WordPart.Parameter parameter:
                await ExpandParameterAsync(parameter, quoted);
                break;
            case WordPart.CommandSubstitution substitution:
                AppendValue(await expander.CaptureAsync(substitution), quoted);
                break;
            case WordPart.Arithmetic arithmetic:
                AppendValue((await expander.EvaluateAsync(arithmetic.Expression))
                    .ToString(CultureInfo.InvariantCulture), quoted);
                break;
            case WordPart.Placeholder placeholder:
                AppendPlaceholder(placeholder);
                break;
            case WordPart.ExtendedGlob glob:
                await AppendGlobAsync(glob);
                break;
            case WordPart.ProcessSubstitution substitution:
                Append(await expander.Host.SubstituteAsync(substitution), quoted: true);
                break;
        }
    }

    private async ValueTask ExpandQuotedAsync(WordPart.DoubleQuoted both)
    {
        // "$@" with no parameters gives no field at all, while "" gives an empty one.
        var onlyLists = !both.Parts.IsEmpty
            && both.Parts.All(part => part is WordPart.Parameter parameter && IsList(parameter));
        if (!onlyLists)
        {
            Append(string.Empty, quoted: true);
        }

        await ExpandAsync(both.Parts, quoted: true);
    }

    private static bool IsList(WordPart.Parameter parameter) =>
        parameter.Prefix != ParameterPrefix.Length && (parameter.Name == "@" || parameter.Subscript?.StaticText == "@");

    private async ValueTask ExpandParameterAsync(WordPart.Parameter parameter, bool quoted)
    {
        var foreign = expander.State.IsForeign(parameter.Name);
        if (foreign)
        {
            expander.TookForeign = true;
            BeginsForeign |= !_begun;
        }

        var value = await new ParameterExpander(expander, quoted).ExpandAsync(parameter);
        switch (value)
        {
            case ParameterValue.Text text:
                AppendValue(text.Value, quoted || foreign);
                break;
            case ParameterValue.List list when quoted && list.Joined:
                AppendValue(string.Join(Joiner(), list.Values), quoted: true);
                break;
            case ParameterValue.List list when !splits:
                AppendValue(string.Join(list.Joined ? Joiner() : " ", list.Values), quoted);
                break;
            case ParameterValue.List list:
                AppendList(list.Values, quoted);
                break;
            case ParameterValue.Parts parts:
                await ExpandOperandAsync(parts.Word, quoted);
                break;
        }
    }

    // The word of ${x:-word} is expanded where it stands: its quotes count, the rest is split.
    private async ValueTask ExpandOperandAsync(Word word, bool quoted)
    {
        var parts = word.Parts;
        for (var i = 0; i < parts.Length && expander.Failure is null; i++)
        {
            if (parts[i] is WordPart.Literal literal && !quoted)
            {
                AppendTildes(literal.Text, i == 0 ? [0] : [], last: parts.Length == 1,
                    rest => AppendValue(rest, quoted: false));
            }
            else
            {
                await ExpandAsync(parts[i], quoted, first: i == 0, last: i == parts.Length - 1);
            }
        }
    }

    private void AppendList(ImmutableArray<string> values, bool quoted)
    {
        // bash joins and splits again: an empty value between two separators that are no blanks is a field.
        if (!quoted && expander.State.Separators is [not (' ' or '\t' or '\n') and var separator, ..])
        {
            AppendValue(string.Join(separator, values), quoted: false);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                fields.Break();
            }

            AppendValue(values[i], quoted);
        }
    }

    private string Joiner() => expander.State.Separators is [var first, ..] ? first.ToString() : string.Empty;

    private void Append(string text, bool quoted)
    {
        _begun |= text.Length > 0;
        fields.Append(text, quoted);
    }

    private void AppendValue(string text, bool quoted)
    {
        expander.CarriesSyntax |= !PlainText.Holds(text);
        if (quoted || !splits)
        {
            Append(text, quoted);
        }
        else
        {
            _begun |= text.Length > 0;
            fields.AppendSplit(text);
        }
    }

    private void AppendPlaceholder(WordPart.Placeholder placeholder)
    {
        if (expander.Host.Bound(placeholder.Name) is not { } value)
        {
            expander.Refuse(
                "SH2002",
                $"The placeholder “{placeholder.Name}” has no value.",
                "Bind it.",
                placeholder.Span);
            return;
        }

        expander.TookForeign = true;
        BeginsForeign |= !_begun;
        Append(value, quoted: true);
    }

    private async ValueTask AppendGlobAsync(WordPart.ExtendedGlob glob)
    {
        var pattern = await expander.ExpandPatternAsync(glob.Pattern);
        Append($"{glob.Operator}({pattern})", quoted: false);
    }

    private void AppendLiteral(string text, bool quoted, bool first, bool last)
    {
        if (quoted || !text.Contains('~', StringComparison.Ordinal))
        {
            Append(text, quoted);
        }
        else
        {
            AppendTildes(text, TildePlaces(text, first && !_begun, first), last, rest => Append(rest, quoted: false));
        }
    }

    // What a tilde stands for is as if quoted: it is neither split nor a pattern.
    private void AppendTildes(string text, IEnumerable<int> places, bool last, Action<string> append)
    {
        var from = 0;
        foreach (var place in places)
        {
            if (Home(text.AsSpan(place), last) is not var (home, length))
            {
                continue;
            }

            AppendRest(place);
            Append(home, quoted: true);
            from = place + length;
        }

        AppendRest(text.Length);

        void AppendRest(int end)
        {
            if (end > from)
            {
                append(text[from..end]);
            }
        }
    }

    /// <summary>Where tildes count: at the start, behind the first "=" of an assignment, behind colons.</summary>
    private SortedSet<int> TildePlaces(string text, bool begins, bool first)
    {
        var places = new SortedSet<int>();
        if (begins)
        {
            places.Add(0);
        }

        if (TildeBehindColon && splits && first)
        {
            places.Add(text.IndexOf('=', StringComparison.Ordinal) + 1);
        }

        for (var at = 0; TildeBehindColon && (at = text.IndexOf(":~", at, StringComparison.Ordinal)) >= 0;)
        {
            places.Add(++at);
        }

        return places;
    }

    // Only the own home: ~name would ask the user database.
    private (string Home, int Length)? Home(ReadOnlySpan<char> text, bool last)
    {
        if (!text.StartsWith('~'))
        {
            return null;
        }

        var end = text.IndexOfAny('/', ':');
        if (end < 0 && !last)
        {
            return null;
        }

        var name = end < 0 ? text : text[..end];
        var value = name switch
        {
            "~" => expander.State.Get("HOME"),
            "~+" => expander.State.WorkingDirectory,
            "~-" => expander.State.Get("OLDPWD"),
            _ => null,
        };
        return value is null ? null : (value, name.Length);
    }
}
