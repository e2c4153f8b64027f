using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>A piece of a word. A closed union of the nested cases.</summary>
public abstract record WordPart : ShellNode
{
    private WordPart(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>Appends what parts always expand to; false when that is known only at run time.</summary>
    internal static bool TryAppendStatic(ImmutableArray<WordPart> parts, StringBuilder text)
    {
        foreach (var part in parts)
        {
            if (!part.TryAppendStatic(text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Appends what this part always expands to; false when that is known only at run time.</summary>
    internal bool TryAppendStatic(StringBuilder text)
    {
        switch (this)
        {
            case Literal literal:
                text.Append(literal.Text);
                return true;
            case Escaped escaped:
                text.Append(escaped.Text);
                return true;
            case SingleQuoted quoted:
                text.Append(quoted.Text);
                return true;
            case AnsiQuoted ansi:
                text.Append(ansi.Value);
                return true;
            case DoubleQuoted quoted:
                return TryAppendStatic(quoted.Parts, text);
            default:
                return false;
        }
    }

    /// <summary>Unquoted text. Globs, braces and a tilde in it are active; line continuations are gone.</summary>
    public sealed record Literal(SourceSpan Span, string Text) : WordPart(Span);

    /// <summary>A backslash and the character it protects.</summary>
    /// <param name="Text">The protected character alone.</param>
    public sealed record Escaped(SourceSpan Span, string Text) : WordPart(Span);

    /// <summary><c>'…'</c>.</summary>
    public sealed record SingleQuoted(SourceSpan Span, string Text) : WordPart(Span);

    /// <summary><c>$'…'</c>.</summary>
    /// <param name="Source">Between the quotes, as written.</param>
    /// <param name="Value">With the escapes decoded.</param>
    public sealed record AnsiQuoted(SourceSpan Span, string Source, string Value) : WordPart(Span);

    /// <summary><c>"…"</c>, or <c>$"…"</c> when <paramref name="Localized"/>.</summary>
    public sealed record DoubleQuoted(
        SourceSpan Span,
        ImmutableArray<WordPart> Parts,
        bool Localized) : WordPart(Span);

    /// <summary><c>$x</c>, <c>${x…}</c> and all their forms.</summary>
    /// <param name="Name">A variable, a digit or number, or one of <c>@ * # ? - $ ! 0</c>.</param>
    /// <param name="Braced">Written with braces.</param>
    /// <param name="Prefix">What stands before the name: <c>${#x}</c> or <c>${!x}</c>.</param>
    /// <param name="Subscript">Between brackets: <c>@</c>, <c>*</c> or an index; null for none.</param>
    /// <param name="Operation">What follows the name; null for none.</param>
    public sealed record Parameter(
        SourceSpan Span,
        string Name,
        bool Braced,
        ParameterPrefix Prefix,
        Word? Subscript,
        ParameterOperation? Operation) : WordPart(Span);

    /// <summary><c>$( … )</c>, or backticks.</summary>
    public sealed record CommandSubstitution(
        SourceSpan Span,
        ImmutableArray<Statement> Body,
        bool Backticks) : WordPart(Span);

    /// <summary><c>$(( … ))</c>, or the old <c>$[ … ]</c> when <paramref name="Brackets"/>.</summary>
    /// <param name="Expression">Null when empty, which counts as 0.</param>
    public sealed record Arithmetic(
        SourceSpan Span,
        ArithmeticExpression? Expression,
        bool Brackets) : WordPart(Span);

    /// <summary><c>&lt;( … )</c>, or <c>&gt;( … )</c> when <paramref name="Output"/>.</summary>
    public sealed record ProcessSubstitution(
        SourceSpan Span,
        ImmutableArray<Statement> Body,
        bool Output) : WordPart(Span);

    /// <summary><c>?(…) *(…) +(…) @(…) !(…)</c>.</summary>
    /// <param name="Operator">The character before the parenthesis.</param>
    /// <param name="Pattern">Between the parentheses, bars included, as a literal word.</param>
    public sealed record ExtendedGlob(SourceSpan Span, char Operator, Word Pattern) : WordPart(Span);

    /// <summary>A hole in a runbook's command, to be filled before it may run.</summary>
    /// <param name="Name">What stands inside the marks, trimmed: <c>pod-name</c>, <c>your namespace</c>.</param>
    public sealed record Placeholder(SourceSpan Span, string Name, PlaceholderStyle Style) : WordPart(Span);
}
