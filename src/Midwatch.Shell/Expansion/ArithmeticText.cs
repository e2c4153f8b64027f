using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>
/// Writes an expression out again with its operands expanded: bash evaluates that text, so that with <c>x=1+2</c> the
/// value of <c>$((2*$x))</c> is 4.
/// </summary>
internal static class ArithmeticText
{
    public static async ValueTask AppendAsync(ArithmeticExpression expression, Expander expander, StringBuilder text)
    {
        switch (expression)
        {
            case ArithmeticExpression.Operand operand:
                text.Append(await expander.ExpandTextAsync(operand.Word));
                break;
            case ArithmeticExpression.Parenthesized inner:
                text.Append('(');
                await AppendAsync(inner.Inner, expander, text);
                text.Append(')');
                break;
            case ArithmeticExpression.Unary unary:
                text.Append(unary.Postfix ? string.Empty : unary.Operator + " ");
                await AppendAsync(unary.Inner, expander, text);
                text.Append(unary.Postfix ? unary.Operator : string.Empty);
                break;
            case ArithmeticExpression.Infix infix:
                await AppendAsync(infix.Left, expander, text);
                text.Append(' ').Append(infix.Operator).Append(' ');
                await AppendAsync(infix.Right, expander, text);
                break;
            case ArithmeticExpression.Conditional choice:
                await AppendAsync(choice.Condition, expander, text);
                text.Append(" ? ");
                await AppendAsync(choice.Then, expander, text);
                text.Append(" : ");
                await AppendAsync(choice.Otherwise, expander, text);
                break;
        }
    }
}
