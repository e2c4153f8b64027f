using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Midwatch.Shell.Syntax;

/// <summary>Prints statements and commands.</summary>
internal sealed class CommandPrinter(PrinterOutput output)
{
    private readonly WordPrinter _words = new(output);

    /// <summary>Statements, a line each.</summary>
    public void Print(ImmutableArray<Statement> statements)
    {
        foreach (var statement in statements)
        {
            Print(statement);
            output.NewLine();
        }
    }

    public void Print(Statement statement) => Print(statement, BeginsWithReservedWord(statement.Command));

    private void Print(Statement statement, bool redirectionsFirst)
    {
        var empty = statement is { Command: null, Negated: false, Redirections.IsEmpty: true };
        output.Write(empty ? "! !" : statement.Negated ? "! " : string.Empty);
        if (redirectionsFirst)
        {
            PrintRedirections(statement, behind: " ");
        }

        if (statement.Command is { } command)
        {
            Print(command);
        }

        if (!redirectionsFirst)
        {
            PrintRedirections(statement, before: " ");
        }

        output.Write(statement.Background ? " &" : string.Empty);
    }

    // `>x if` is the program if; at the beginning the word would be the keyword again.
    private static bool BeginsWithReservedWord(Command? command) =>
        command is Command.Simple { Assignments.IsEmpty: true, Words: [{ Parts: [var first, ..] }, ..] }
        && (first is WordPart.ExtendedGlob || (first is WordPart.Literal word && ReservedWords.IsReserved(word.Text)));

    private void PrintRedirections(Statement statement, string before = "", string behind = "")
    {
        foreach (var redirection in statement.Redirections)
        {
            output.Write(before);
            Print(redirection);
            output.Write(behind);
        }
    }

    public void Print(Command command)
    {
        switch (command)
        {
            case Command.Simple simple:
                PrintAll(simple.Assignments, simple.Words);
                break;
            case Command.Declaration declaration:
                PrintAll(declaration.Assignments, []);
                output.Write(declaration.Assignments.IsEmpty ? declaration.Keyword : " " + declaration.Keyword);
                PrintOperands(declaration.Operands);
                break;
            case Command.Pipeline pipeline:
                PrintJoined(pipeline.Statements, i => pipeline.Operators[i] == PipeOperator.Output ? " | " : " |& ");
                break;
            case Command.AndOrList list:
                PrintJoined(list.Statements, i => list.Operators[i] == AndOrOperator.And ? " && " : " || ");
                break;
            case Command.Time time:
                output.Write(time.Posix ? "time -p " : "time ");
                PrintOptional(time.Timed);
                break;
            case Command.Coprocess coprocess:
                output.Write($"coproc {coprocess.Name}{(coprocess.Name is null ? string.Empty : " ")}");
                Print(coprocess.Body, redirectionsFirst: coprocess.Body.Command is Command.Simple);
                break;
            case Command.Arithmetic arithmetic:
                output.Write("((");
                _words.Print(arithmetic.Expression);
                output.Write("))");
                break;
            case Command.Test test:
                output.Write("[[ ");
                Print(test.Expression);
                output.Write(" ]]");
                break;
            default:
                PrintCompound(command);
                break;
        }
    }

    private void PrintCompound(Command command)
    {
        switch (command)
        {
            case Command.Subshell subshell:
                PrintBody("(", subshell.Body, ")");
                break;
            case Command.Group group:
                PrintBody("{", group.Body, "}");
                break;
            case Command.If choice:
                PrintIf(choice);
                break;
            case Command.While loop:
                PrintBody(loop.Until ? "until" : "while", loop.Condition, string.Empty);
                PrintBody("do", loop.Body, "done");
                break;
            case Command.For loop:
                PrintItems($"for {loop.Variable}", loop.Items);
                PrintBody("do", loop.Body, "done");
                break;
            case Command.Select menu:
                PrintItems($"select {menu.Variable}", menu.Items);
                PrintBody("do", menu.Body, "done");
                break;
            case Command.ArithmeticFor loop:
                PrintArithmeticFor(loop);
                break;
            case Command.Case choice:
                PrintCase(choice);
                break;
            case Command.FunctionDeclaration function:
                output.Write(function.Keyword ? $"function {function.Name} " : $"{function.Name}() ");
                Print(function.Body);
                break;
            default:
                throw new UnreachableException($"No such command: {command.GetType()}.");
        }
    }

    private void PrintOptional(Statement? statement)
    {
        if (statement is not null)
        {
            Print(statement);
        }
    }

    private void PrintAll(ImmutableArray<Assignment> assignments, ImmutableArray<Word> words)
    {
        var separator = string.Empty;
        foreach (var assignment in assignments)
        {
            output.Write(separator);
            _words.Print(assignment);
            separator = " ";
        }

        foreach (var word in words)
        {
            output.Write(separator);
            _words.Print(word);
            separator = " ";
        }
    }

    private void PrintOperands(ImmutableArray<DeclarationOperand> operands)
    {
        foreach (var operand in operands)
        {
            output.Write(" ");
            if (operand.Assignment is { } assignment)
            {
                _words.Print(assignment);
            }
            else if (operand.Word is { } word)
            {
                _words.Print(word);
            }
        }
    }

    private void PrintJoined(ImmutableArray<Statement> statements, Func<int, string> separator)
    {
        for (var i = 0; i < statements.Length; i++)
        {
            output.Write(i == 0 ? string.Empty : separator(i - 1));
            Print(statements[i]);
        }
    }

    private void PrintBody(string open, ImmutableArray<Statement> body, string close)
    {
        output.Write(open);
        output.NewLine();
        Print(body);
        output.Write(close);
    }

    private void PrintIf(Command.If choice)
    {
        var keyword = "if";
        foreach (var branch in choice.Branches)
        {
            PrintBody(keyword, branch.Condition, string.Empty);
            PrintBody("then", branch.Body, string.Empty);
            keyword = "elif";
        }

        if (!choice.Otherwise.IsEmpty)
        {
            PrintBody("else", choice.Otherwise, string.Empty);
        }

        output.Write("fi");
    }

    private void PrintItems(string head, ImmutableArray<Word>? items)
    {
        output.Write(head);
        if (items is { } words)
        {
            output.Write(" in ");
            PrintAll([], words);
        }

        output.NewLine();
    }

    private void PrintArithmeticFor(Command.ArithmeticFor loop)
    {
        output.Write("for ((");
        _words.PrintOptional(loop.Initial);
        output.Write("; ");
        _words.PrintOptional(loop.Condition);
        output.Write("; ");
        _words.PrintOptional(loop.Step);
        output.Write("))");
        output.NewLine();
        PrintBody("do", loop.Body, "done");
    }

    private void PrintCase(Command.Case choice)
    {
        output.Write("case ");
        _words.Print(choice.Subject);
        output.Write(" in");
        output.NewLine();
        foreach (var item in choice.Items)
        {
            output.Write("(");
            for (var i = 0; i < item.Patterns.Length; i++)
            {
                output.Write(i == 0 ? string.Empty : " | ");
                _words.Print(item.Patterns[i]);
            }

            PrintBody(")", item.Body, item.Terminator switch
            {
                CaseTerminator.FallThrough => ";&",
                CaseTerminator.TestNext => ";;&",
                _ => ";;",
            });
            output.NewLine();
        }

        output.Write("esac");
    }

    private void Print(Redirection redirection)
    {
        var descriptor = redirection.DescriptorVariable is { } name
            ? $"{{{name}}}"
            : redirection.Descriptor?.ToString(CultureInfo.InvariantCulture);
        output.Write(descriptor + redirection.Operator switch
        {
            RedirectionOperator.Input => "< ",
            RedirectionOperator.Output => "> ",
            RedirectionOperator.Clobber => ">| ",
            RedirectionOperator.Append => ">> ",
            RedirectionOperator.ReadWrite => "<> ",
            RedirectionOperator.DuplicateInput => "<&",
            RedirectionOperator.DuplicateOutput => ">&",
            RedirectionOperator.OutputAndError => "&> ",
            RedirectionOperator.AppendOutputAndError => "&>> ",
            RedirectionOperator.HereDocument => "<<",
            RedirectionOperator.HereDocumentDedented => "<<-",
            _ => "<<< ",
        });
        _words.Print(redirection.Target);
        if (redirection.HereDocument is { } document)
        {
            output.WriteLater(document);
        }
    }

    private void Print(TestExpression expression)
    {
        switch (expression)
        {
            case TestExpression.NotEmpty test:
                _words.Print(test.Word);
                break;
            case TestExpression.Unary test:
                output.Write(test.Operator + " ");
                _words.Print(test.Operand);
                break;
            case TestExpression.Infix test:
                _words.Print(test.Left);
                output.Write($" {test.Operator} ");
                _words.Print(test.Right);
                break;
            case TestExpression.Not test:
                output.Write("! ");
                Print(test.Inner);
                break;
            case TestExpression.And test:
                PrintBoth(test.Left, " && ", test.Right);
                break;
            case TestExpression.Or test:
                PrintBoth(test.Left, " || ", test.Right);
                break;
            case TestExpression.Parenthesized test:
                output.Write("( ");
                Print(test.Inner);
                output.Write(" )");
                break;
        }
    }

    private void PrintBoth(TestExpression left, string operation, TestExpression right)
    {
        Print(left);
        output.Write(operation);
        Print(right);
    }
}
