namespace Midwatch.Shell.Syntax;

/// <summary>What follows the name in <c>${name…}</c>. A closed union of the nested cases.</summary>
public abstract record ParameterOperation : ShellNode
{
    private ParameterOperation(SourceSpan span)
        : base(span)
    {
    }

    /// <summary><c>- = ? +</c>, with a colon that makes empty count as unset.</summary>
    /// <param name="Operator">One of <c>- = ? +</c>.</param>
    /// <param name="Word">Null when nothing follows the operator.</param>
    public sealed record Alternative(SourceSpan Span, char Operator, bool Colon, Word? Word)
        : ParameterOperation(Span);

    /// <summary><c>#p</c>, <c>##p</c>, <c>%p</c>, <c>%%p</c>: cuts a matching beginning or end.</summary>
    public sealed record Trim(SourceSpan Span, bool FromEnd, bool Longest, Word? Pattern)
        : ParameterOperation(Span);

    /// <summary><c>/p/r</c>: replaces what matches.</summary>
    /// <param name="Replacement">Null when there is no second slash or nothing behind it.</param>
    public sealed record Replace(SourceSpan Span, ReplaceScope Scope, Word? Pattern, Word? Replacement)
        : ParameterOperation(Span);

    /// <summary><c>:offset:length</c>.</summary>
    /// <param name="Length">Null without a second colon.</param>
    public sealed record Slice(
        SourceSpan Span, ArithmeticExpression? Offset, ArithmeticExpression? Length, bool HasLength)
        : ParameterOperation(Span);

    /// <summary><c>^ ^^ , ,,</c>: changes the case of what matches.</summary>
    /// <param name="Operator"><c>^</c>, <c>,</c> or <c>~</c>.</param>
    /// <param name="All">Written twice: every character instead of the first.</param>
    public sealed record ChangeCase(SourceSpan Span, char Operator, bool All, Word? Pattern)
        : ParameterOperation(Span);

    /// <summary><c>@Q</c> and its like.</summary>
    /// <param name="Operator">One of <c>Q E P A K a k u U L</c>.</param>
    public sealed record Transform(SourceSpan Span, char Operator) : ParameterOperation(Span);

    /// <summary>The star of <c>${!prefix*}</c>: names of variables.</summary>
    /// <param name="Separate">Written as <c>@</c>.</param>
    public sealed record NamesWithPrefix(SourceSpan Span, bool Separate) : ParameterOperation(Span);
}
