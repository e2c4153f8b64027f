using System.Collections.Immutable;
using System.Diagnostics;

namespace Midwatch.Shell.Syntax;

/// <summary>Walks trees.</summary>
public static class ShellTree
{
    /// <summary>
    /// The node and everything below it, parents before children, in source order as far as the grammar has one.
    /// </summary>
    /// <remarks>Commands inside substitutions, here-documents and functions included.</remarks>
    public static IReadOnlyList<ShellNode> Descendants(ShellNode node)
    {
        var found = new List<ShellNode>();
        // No recursion: a sum of a million terms is as deep. What is open stands in it last first.
        var open = new NodeList { node };
        while (open.Count > 0)
        {
            var next = open[^1];
            open.RemoveAt(open.Count - 1);
            found.Add(next);
            if (next is Word { Parts: [WordPart.Literal only] })
            {
                // As most words are.
                found.Add(only);
                continue;
            }

            var start = open.Count;
            Collect(next, open);
            open.Reverse(start, open.Count - start);
        }

        return found;
    }

    /// <summary>The nodes directly below.</summary>
    public static IReadOnlyList<ShellNode> Children(ShellNode node) => Collect(node, new NodeList());

    private static NodeList Collect(ShellNode node, NodeList below) => node switch
    {
        // The most frequent first: each case behind costs a comparison.
        Word word => below.And(word.Parts),
        WordPart part => OfPart(part, below),
        Script script => below.And(script.Statements).And(script.Comments),
        Comment => below,
        Statement statement => below.And(statement.Command).And(statement.Redirections),
        Command command => OfCommand(command, below),
        ConditionalBranch branch => below.And(branch.Condition).And(branch.Body),
        CaseItem item => below.And(item.Patterns).And(item.Body),
        Assignment assignment => below.And(assignment.Subscript).And(assignment.Value).And(assignment.Array),
        ArrayLiteral array => below.And(array.Elements),
        ArrayElement element => below.And(element.Subscript).And(element.Value),
        DeclarationOperand operand => below.And(operand.Word).And(operand.Assignment),
        Redirection redirection => below.And(redirection.Target).And(redirection.HereDocument),
        HereDocument document => below.And(document.Body),
        ParameterOperation operation => OfOperation(operation, below),
        ArithmeticExpression expression => OfArithmetic(expression, below),
        TestExpression expression => OfTest(expression, below),
        _ => throw new UnreachableException($"No such node: {node.GetType()}."),
    };

    private static NodeList OfCommand(Command command, NodeList below) => command switch
    {
        Command.Simple simple => below.And(simple.Assignments).And(simple.Words),
        Command.Declaration declaration => below.And(declaration.Assignments).And(declaration.Operands),
        Command.Pipeline pipeline => below.And(pipeline.Statements),
        Command.AndOrList list => below.And(list.Statements),
        Command.Subshell subshell => below.And(subshell.Body),
        Command.Group group => below.And(group.Body),
        Command.If choice => below.And(choice.Branches).And(choice.Otherwise),
        Command.While loop => below.And(loop.Condition).And(loop.Body),
        Command.For loop => below.And(loop.Items ?? []).And(loop.Body),
        Command.ArithmeticFor loop => below.And(loop.Initial).And(loop.Condition).And(loop.Step).And(loop.Body),
        Command.Select menu => below.And(menu.Items ?? []).And(menu.Body),
        Command.Case choice => below.And(choice.Subject).And(choice.Items),
        Command.FunctionDeclaration function => below.And(function.Body),
        Command.Arithmetic arithmetic => below.And(arithmetic.Expression),
        Command.Test test => below.And(test.Expression),
        Command.Time time => below.And(time.Timed),
        Command.Coprocess coprocess => below.And(coprocess.Body),
        _ => throw new UnreachableException($"No such command: {command.GetType()}."),
    };

    private static NodeList OfPart(WordPart part, NodeList below) => part switch
    {
        WordPart.DoubleQuoted quoted => below.And(quoted.Parts),
        WordPart.Parameter parameter => below.And(parameter.Subscript).And(parameter.Operation),
        WordPart.CommandSubstitution substitution => below.And(substitution.Body),
        WordPart.Arithmetic arithmetic => below.And(arithmetic.Expression),
        WordPart.ProcessSubstitution substitution => below.And(substitution.Body),
        WordPart.ExtendedGlob glob => below.And(glob.Pattern),
        _ => below,
    };

    private static NodeList OfOperation(ParameterOperation operation, NodeList below) => operation switch
    {
        ParameterOperation.Alternative alternative => below.And(alternative.Word),
        ParameterOperation.Trim trim => below.And(trim.Pattern),
        ParameterOperation.Replace replace => below.And(replace.Pattern).And(replace.Replacement),
        ParameterOperation.Slice slice => below.And(slice.Offset).And(slice.Length),
        ParameterOperation.ChangeCase change => below.And(change.Pattern),
        _ => below,
    };

    private static NodeList OfArithmetic(ArithmeticExpression expression, NodeList below) => expression switch
    {
        ArithmeticExpression.Operand operand => below.And(operand.Word),
        ArithmeticExpression.Unary unary => below.And(unary.Inner),
        ArithmeticExpression.Infix binary => below.And(binary.Left).And(binary.Right),
        ArithmeticExpression.Conditional choice => below.And(choice.Condition).And(choice.Then).And(choice.Otherwise),
        ArithmeticExpression.Parenthesized inner => below.And(inner.Inner),
        _ => throw new UnreachableException($"No such expression: {expression.GetType()}."),
    };

    private static NodeList OfTest(TestExpression expression, NodeList below) => expression switch
    {
        TestExpression.NotEmpty test => below.And(test.Word),
        TestExpression.Unary test => below.And(test.Operand),
        TestExpression.Infix test => below.And(test.Left).And(test.Right),
        TestExpression.Not test => below.And(test.Inner),
        TestExpression.And test => below.And(test.Left).And(test.Right),
        TestExpression.Or test => below.And(test.Left).And(test.Right),
        TestExpression.Parenthesized test => below.And(test.Inner),
        _ => throw new UnreachableException($"No such test: {expression.GetType()}."),
    };

    private sealed class NodeList : List<ShellNode>
    {
        public NodeList And(ShellNode? node)
        {
            if (node is not null)
            {
                Add(node);
            }

            return this;
        }

        public NodeList And<T>(ImmutableArray<T> nodes)
            where T : ShellNode
        {
            foreach (var node in nodes)
            {
                Add(node);
            }

            return this;
        }
    }
}
