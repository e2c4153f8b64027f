using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>
/// The variables that a text sets by other ways than an assignment of its own: loops, <c>${X:=…}</c>, arithmetic,
/// <c>getopts</c>, and <c>export $(…)</c>, which may set any.
/// </summary>
internal static class AssignedNames
{
    /// <summary>Names with their places; a null name is one that only running can tell.</summary>
    public static IEnumerable<(string? Name, SourceSpan Span)> In(IEnumerable<Statement> statements)
    {
        foreach (var node in statements.Where(MaySet).SelectMany(ShellTree.Descendants))
        {
            switch (node)
            {
                case Word or WordPart.Literal:
                    break;
                case Command.For loop:
                    yield return (loop.Variable, loop.Span);
                    break;
                case Command.Select choice:
                    yield return (choice.Variable, choice.Span);
                    break;
                case WordPart.Parameter { Operation: ParameterOperation.Alternative { Operator: '=' } } parameter:
                    yield return (parameter.Name, parameter.Span);
                    break;
                case ArithmeticExpression expression when Target(expression) is { } target:
                    yield return (NameOf(target), expression.Span);
                    break;
                case Assignment { Subscript.StaticText: { } index } assignment:
                    foreach (var name in InIndex(index))
                    {
                        yield return (name, assignment.Span);
                    }

                    break;
                case WordPart.Parameter { Subscript.StaticText: { } index } element:
                    foreach (var name in InIndex(index))
                    {
                        yield return (name, element.Span);
                    }

                    break;
                case Command.Simple { Words: [{ StaticText: "let" }, .. var sums] } command:
                    foreach (var name in sums.SelectMany(InSum))
                    {
                        yield return (name, command.Span);
                    }

                    break;
                case Command.Simple { Words: [{ StaticText: "getopts" }, _, var variable, ..] } command:
                    yield return (variable.StaticText, command.Span);
                    break;
                case Command.Declaration { Keyword: not "local" } declaration when IsOpen(declaration.Operands):
                    yield return (null, declaration.Span);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Most statements are plain words, which set nothing but for two builtins.</summary>
    private static bool MaySet(Statement statement) => statement is not
    {
        Command: Command.Simple { IsLiteral: true, Words: [{ StaticText: not ("let" or "getopts") }, ..] },
        Redirections.IsEmpty: true,
    };

    /// <summary>What an expression sets; null when it sets nothing itself.</summary>
    private static ArithmeticExpression? Target(ArithmeticExpression expression) => expression switch
    {
        ArithmeticExpression.Unary { Operator: "++" or "--" } step => step.Inner,
        ArithmeticExpression.Infix { Operator: not ("==" or "!=" or "<=" or ">=") } infix
            when infix.Operator.EndsWith('=') => infix.Left,
        _ => null,
    };

    // The name of an element is that of its array; `$x = 1` sets what x holds.
    private static string? NameOf(ArithmeticExpression target) => target switch
    {
        ArithmeticExpression.Parenthesized inner => NameOf(inner.Inner),
        ArithmeticExpression.Operand { Word: { StaticText: { } text } } => text.Split('[')[0],
        ArithmeticExpression.Operand { Word: { Parts: [WordPart.Literal { Text: var text }, ..] } }
            when text.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket => text[..bracket],
        _ => null,
    };

    /// <summary>What a word of <c>let</c> sets; a null name is one that only running can tell.</summary>
    private static IEnumerable<string?> InSum(Word word) => word.StaticText is { } text ? InSum(text) : [null];

    private static IEnumerable<string?> InSum(string text)
    {
        var parsed = ShellParser.Parse($"(({text}))", ShellParserOptions.Bash);
        return parsed.IsSound ? In(parsed.Script.Statements).Select(each => each.Name) : [null];
    }

    /// <summary>What a subscript sets as arithmetic; as the key of an associative array it would set nothing.</summary>
    private static IEnumerable<string?> InIndex(string index) =>
        index.AsSpan().IndexOfAny('=', '+', '-') < 0 ? [] : InSum(index).Where(name => name is not null);

    private static bool IsOpen(ImmutableArray<DeclarationOperand> operands) => operands.Any(operand =>
        operand is { Assignment: null, Word: { } word } && !WordReading.Read(word, "").Known);
}
