namespace Midwatch.Shell.Syntax;

/// <summary>What stands between <c>[[</c> and <c>]]</c>. A closed union.</summary>
public abstract record TestExpression : ShellNode
{
    private TestExpression(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>A word alone: true when it is not empty.</summary>
    public sealed record NotEmpty(SourceSpan Span, Word Word) : TestExpression(Span);

    /// <summary><c>-f x</c> and its like.</summary>
    public sealed record Unary(SourceSpan Span, string Operator, Word Operand) : TestExpression(Span);

    /// <summary><c>a == b</c>, <c>a =~ b</c>, <c>a -lt b</c> and their like.</summary>
    public sealed record Infix(SourceSpan Span, string Operator, Word Left, Word Right) : TestExpression(Span);

    /// <summary><c>! a</c>.</summary>
    public sealed record Not(SourceSpan Span, TestExpression Inner) : TestExpression(Span);

    /// <summary><c>a &amp;&amp; b</c>.</summary>
    public sealed record And(SourceSpan Span, TestExpression Left, TestExpression Right) : TestExpression(Span);

    /// <summary><c>a || b</c>.</summary>
    public sealed record Or(SourceSpan Span, TestExpression Left, TestExpression Right) : TestExpression(Span);

    /// <summary><c>( a )</c>.</summary>
    public sealed record Parenthesized(SourceSpan Span, TestExpression Inner) : TestExpression(Span);
}
