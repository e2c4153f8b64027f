namespace Midwatch.Shell.Syntax;

/// <summary>An arithmetic expression as written; operands may still hold expansions. A closed union.</summary>
public abstract record ArithmeticExpression : ShellNode
{
    private ArithmeticExpression(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>A number, a variable (with or without <c>$</c>, with or without subscript), a quoted piece.</summary>
    public sealed record Operand(SourceSpan Span, Word Word) : ArithmeticExpression(Span);

    /// <summary><c>+ - ! ~ ++ --</c> before or behind.</summary>
    public sealed record Unary(SourceSpan Span, string Operator, bool Postfix, ArithmeticExpression Inner)
        : ArithmeticExpression(Span);

    /// <summary>Two operands, assignments and the comma included.</summary>
    public sealed record Infix(
        SourceSpan Span,
        string Operator,
        ArithmeticExpression Left,
        ArithmeticExpression Right) : ArithmeticExpression(Span);

    /// <summary><c>a ? b : c</c>.</summary>
    public sealed record Conditional(
        SourceSpan Span,
        ArithmeticExpression Condition,
        ArithmeticExpression Then,
        ArithmeticExpression Otherwise) : ArithmeticExpression(Span);

    /// <summary><c>( a )</c>.</summary>
    public sealed record Parenthesized(SourceSpan Span, ArithmeticExpression Inner) : ArithmeticExpression(Span);
}
