using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>
/// The variables that a text sets by other ways than an assignment of its own: loops, <c>${X:=…}</c>, and
/// <c>export $(…)</c>, which may set any.
/// </summary>
internal static class AssignedNames
{
    /// <summary>Names with their places; a null name is one that only running can tell.</summary>
    public static IEnumerable<(string? Name, SourceSpan Span)> In(IEnumerable<Statement> statements)
    {
        foreach (var node in statements.SelectMany(ShellTree.Descendants))
        {
            switch (node)
            {
                case Command.For loop:
                    yield return (loop.Variable, loop.Span);
                    break;
                case Command.Select choice:
                    yield return (choice.Variable, choice.Span);
                    break;
                case WordPart.Parameter { Operation: ParameterOperation.Alternative { Operator: '=' } } parameter:
                    yield return (parameter.Name, parameter.Span);
                    break;
                case Command.Declaration { Keyword: not "local" } declaration when IsOpen(declaration.Operands):
                    yield return (null, declaration.Span);
                    break;
                default:
                    break;
            }
        }
    }

    private static bool IsOpen(ImmutableArray<DeclarationOperand> operands) => operands.Any(operand =>
        operand is { Assignment: null, Word: { } word } && !WordReading.Read(word, "").Known);
}
