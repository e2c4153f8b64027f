using System.Diagnostics;

namespace Midwatch.Shell.Syntax;

/// <summary>Walks trees.</summary>
public static class ShellTree
{
    /// <summary>
    /// The node and everything below it, parents before children, in source order as far as the grammar has one.
    /// </summary>
    /// <remarks>Commands inside substitutions, here-documents and functions included.</remarks>
    public static IEnumerable<ShellNode> Descendants(ShellNode node)
    {
        var open = new Stack<ShellNode>([node]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in Children(next).Reverse())
            {
                open.Push(child);
            }
        }
    }

    /// <summary>The nodes directly below.</summary>
    public static IEnumerable<ShellNode> Children(ShellNode node) => (node switch
    {
        Script script => Nodes(script.Statements).Concat(script.Comments),
        Comment => [],
        Statement statement => Nodes(statement.Command).Concat(statement.Redirections),
        Command command => OfCommand(command),
        ConditionalBranch branch => Nodes(branch.Condition).Concat(branch.Body),
        CaseItem item => Nodes(item.Patterns).Concat(item.Body),
        Assignment assignment => Nodes(assignment.Subscript, assignment.Value, assignment.Array),
        ArrayLiteral array => Nodes(array.Elements),
        ArrayElement element => Nodes(element.Subscript, element.Value),
        DeclarationOperand operand => Nodes(operand.Word, operand.Assignment),
        Redirection redirection => Nodes(redirection.Target, redirection.HereDocument),
        HereDocument document => Nodes(document.Body),
        Word word => Nodes(word.Parts),
        WordPart part => OfPart(part),
        ParameterOperation operation => OfOperation(operation),
        ArithmeticExpression expression => OfArithmetic(expression),
        TestExpression expression => OfTest(expression),
        _ => throw new UnreachableException($"No such node: {node.GetType()}."),
    }).OfType<ShellNode>();

    private static IEnumerable<ShellNode?> OfCommand(Command command) => command switch
    {
        Command.Simple simple => Nodes(simple.Assignments).Concat(simple.Words),
        Command.Declaration declaration => Nodes(declaration.Assignments).Concat(declaration.Operands),
        Command.Pipeline pipeline => Nodes(pipeline.Statements),
        Command.AndOrList list => Nodes(list.Statements),
        Command.Subshell subshell => Nodes(subshell.Body),
        Command.Group group => Nodes(group.Body),
        Command.If choice => Nodes(choice.Branches).Concat(choice.Otherwise),
        Command.While loop => Nodes(loop.Condition).Concat(loop.Body),
        Command.For loop => Nodes(loop.Items ?? []).Concat(loop.Body),
        Command.ArithmeticFor loop => Nodes(loop.Initial, loop.Condition, loop.Step).Concat(loop.Body),
        Command.Select menu => Nodes(menu.Items ?? []).Concat(menu.Body),
        Command.Case choice => Nodes(choice.Subject).Concat(choice.Items),
        Command.FunctionDeclaration function => Nodes(function.Body),
        Command.Arithmetic arithmetic => Nodes(arithmetic.Expression),
        Command.Test test => Nodes(test.Expression),
        Command.Time time => Nodes(time.Timed),
        Command.Coprocess coprocess => Nodes(coprocess.Body),
        _ => throw new UnreachableException($"No such command: {command.GetType()}."),
    };

    private static IEnumerable<ShellNode?> OfPart(WordPart part) => part switch
    {
        WordPart.DoubleQuoted quoted => Nodes(quoted.Parts),
        WordPart.Parameter parameter => Nodes(parameter.Subscript, parameter.Operation),
        WordPart.CommandSubstitution substitution => Nodes(substitution.Body),
        WordPart.Arithmetic arithmetic => Nodes(arithmetic.Expression),
        WordPart.ProcessSubstitution substitution => Nodes(substitution.Body),
        WordPart.ExtendedGlob glob => Nodes(glob.Pattern),
        _ => [],
    };

    private static IEnumerable<ShellNode?> OfOperation(ParameterOperation operation) => operation switch
    {
        ParameterOperation.Alternative alternative => Nodes(alternative.Word),
        ParameterOperation.Trim trim => Nodes(trim.Pattern),
        ParameterOperation.Replace replace => Nodes(replace.Pattern, replace.Replacement),
        ParameterOperation.Slice slice => Nodes(slice.Offset, slice.Length),
        ParameterOperation.ChangeCase change => Nodes(change.Pattern),
        _ => [],
    };

    private static IEnumerable<ShellNode?> OfArithmetic(ArithmeticExpression expression) => expression switch
    {
        ArithmeticExpression.Operand operand => Nodes(operand.Word),
        ArithmeticExpression.Unary unary => Nodes(unary.Inner),
        ArithmeticExpression.Infix binary => Nodes(binary.Left, binary.Right),
        ArithmeticExpression.Conditional choice => Nodes(choice.Condition, choice.Then, choice.Otherwise),
        ArithmeticExpression.Parenthesized inner => Nodes(inner.Inner),
        _ => throw new UnreachableException($"No such expression: {expression.GetType()}."),
    };

    private static IEnumerable<ShellNode?> OfTest(TestExpression expression) => expression switch
    {
        TestExpression.NotEmpty test => Nodes(test.Word),
        TestExpression.Unary test => Nodes(test.Operand),
        TestExpression.Infix test => Nodes(test.Left, test.Right),
        TestExpression.Not test => Nodes(test.Inner),
        TestExpression.And test => Nodes(test.Left, test.Right),
        TestExpression.Or test => Nodes(test.Left, test.Right),
        TestExpression.Parenthesized test => Nodes(test.Inner),
        _ => throw new UnreachableException($"No such test: {expression.GetType()}."),
    };

    private static IEnumerable<ShellNode?> Nodes(params IEnumerable<ShellNode?> nodes) => nodes;
}
