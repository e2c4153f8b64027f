using System.Text;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>Turns words of the syntax tree into words of a call, with their holes as they are written.</summary>
internal static class WordReading
{
    /// <summary>The word as far as it is known before it is expanded.</summary>
    /// <param name="source">The text that the word's spans point into.</param>
    public static CallWord Read(Word word, string source)
    {
        // As most words are.
        if (word.Parts is [WordPart.Literal only] && !HasBraces(only.Text))
        {
            return new CallWord(only.Text);
        }

        var text = new StringBuilder();
        var known = -1;
        var splits = false;
        foreach (var part in word.Parts)
        {
            Append(part, source, text, ref known, ref splits, quoted: false);
        }

        return new CallWord(text.ToString(), known < 0 ? text.Length : known, splits);
    }

    /// <summary>The pieces of a word in order: texts that are certain, and holes.</summary>
    public static IEnumerable<(string Text, bool IsHole)> Pieces(Word word, string source)
    {
        foreach (var part in word.Parts.SelectMany(part => part is WordPart.DoubleQuoted twice ? twice.Parts : [part]))
        {
            var single = Read(new Word(part.Span, [part]), source);
            yield return (single.Text, !single.Known);
        }
    }

    private static void Append(
        WordPart part, string source, StringBuilder text, ref int known, ref bool splits, bool quoted)
    {
        switch (part)
        {
            case WordPart.Literal literal:
                if (!quoted && HasBraces(literal.Text))
                {
                    Hole(text, ref known);
                    splits = true;
                }

                text.Append(literal.Text);
                break;
            case WordPart.Escaped escaped:
                text.Append(escaped.Text);
                break;
            case WordPart.SingleQuoted single:
                text.Append(single.Text);
                break;
            case WordPart.AnsiQuoted ansi:
                text.Append(ansi.Value);
                break;
            case WordPart.DoubleQuoted twice:
                foreach (var inner in twice.Parts)
                {
                    Append(inner, source, text, ref known, ref splits, quoted: true);
                }

                break;
            default:
                Hole(text, ref known);
                splits |= !quoted && part is not WordPart.Placeholder;
                text.Append(Slice(part.Span, source));
                break;
        }
    }

    private static void Hole(StringBuilder text, ref int known) => known = known < 0 ? text.Length : known;

    private static string Slice(SourceSpan span, string source) =>
        span.Start >= 0 && span.End <= source.Length ? source.Substring(span.Start, span.Length) : "?";

    /// <summary><c>{a,b}</c> and <c>{1..3}</c> become several words.</summary>
    private static bool HasBraces(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        return open >= 0 && text.IndexOf('}', open) > open
            && (text.IndexOf(',', open) > open || text.IndexOf("..", open, StringComparison.Ordinal) > open);
    }
}
