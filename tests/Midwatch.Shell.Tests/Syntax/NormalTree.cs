using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Turns our tree into the tokens of <see cref="ShfmtTree"/>.</summary>
internal sealed class NormalTree
{
    public List<string> Tokens { get; } = [];

    /// <summary>Neighbouring literals are one: shfmt keeps a backslash in the literal, we make a part of it.</summary>
    public static void AddLiteral(List<string> tokens, string text)
    {
        if (text.Length > 0 && tokens.Count > 0 && tokens[^1].StartsWith("lit ", StringComparison.Ordinal))
        {
            tokens[^1] += text;
        }
        else if (text.Length > 0)
        {
            tokens.Add("lit " + text);
        }
    }

    public void Statements(ImmutableArray<Statement> statements)
    {
        Tokens.Add("[");
        foreach (var statement in statements)
        {
            Statement(statement);
        }

        Tokens.Add("]");
    }

    private void Statement(Statement statement)
    {
        Tokens.Add($"stmt{(statement.Negated ? " !" : "")}{(statement.Background ? " &" : "")}");
        if (statement.Command is { } command)
        {
            Command(command);
        }

        foreach (var redirection in statement.Redirections)
        {
            var number = redirection.DescriptorVariable is { } name
                ? $"{{{name}}}"
                : redirection.Descriptor?.ToString(CultureInfo.InvariantCulture);
            Tokens.Add("redirect " + number);
            Tokens.Add($"op redirect {redirection.Operator}");
            Word(redirection.Target);
            if (redirection.HereDocument is { Body.Parts.IsEmpty: false } document)
            {
                Tokens.Add("word");
                if (document.Quoted)
                {
                    AddLiteral(Tokens, document.Body.StaticText ?? string.Empty);
                }
                else
                {
                    Parts(document.Body.Parts);
                }
            }
        }
    }

    private void Command(Command command)
    {
        switch (command)
        {
            case Command.Simple simple:
                Tokens.Add("CallExpr");
                simple.Assignments.ToList().ForEach(Assignment);
                Words(simple);
                break;
            case Command.Declaration declaration:
                Tokens.Add("DeclClause");
                Tokens.Add(declaration.Keyword);
                declaration.Operands.ToList().ForEach(Operand);
                break;
            case Command.Pipeline pipeline:
                Joined(pipeline.Statements, pipeline.Operators.Length - 1, i => pipeline.Operators[i].ToString());
                break;
            case Command.AndOrList list:
                Joined(list.Statements, list.Operators.Length - 1, i => list.Operators[i].ToString());
                break;
            case Command.Arithmetic arithmetic:
                Tokens.Add("ArithmCmd");
                Arithmetic(arithmetic.Expression);
                break;
            case Command.Test test:
                Tokens.Add("TestClause");
                Test(test.Expression);
                break;
            default:
                Compound(command);
                break;
        }
    }

    private void Compound(Command command)
    {
        switch (command)
        {
            case Command.Subshell subshell:
                Tokens.Add("Subshell");
                Statements(subshell.Body);
                break;
            case Command.Group group:
                Tokens.Add("Block");
                Statements(group.Body);
                break;
            case Command.If choice:
                If(choice);
                break;
            case Command.While loop:
                Tokens.AddRange(["WhileClause", loop.Until ? "until" : "while"]);
                Statements(loop.Condition);
                Statements(loop.Body);
                break;
            case Command.For loop:
                Loop("WordIter", loop.Variable, loop.Items, loop.Body);
                break;
            case Command.Select menu:
                Loop("select", menu.Variable, menu.Items, menu.Body);
                break;
            case Command.ArithmeticFor loop:
                Tokens.AddRange(["ForClause", "CStyleLoop"]);
                Arithmetic(loop.Initial);
                Arithmetic(loop.Condition);
                Arithmetic(loop.Step);
                Statements(loop.Body);
                break;
            case Command.Case choice:
                Case(choice);
                break;
            case Command.FunctionDeclaration function:
                Tokens.AddRange(["FuncDecl", function.Name]);
                Statement(function.Body);
                break;
            case Command.Time time:
                Tokens.AddRange(["TimeClause", time.Posix ? "-p" : ""]);
                if (time.Timed is { } timed)
                {
                    Statement(timed);
                }

                break;
            case Command.Coprocess coprocess:
                Tokens.AddRange(["Coproc", "name " + coprocess.Name]);
                Statement(coprocess.Body);
                break;
        }
    }

    private void Words(Command.Simple simple)
    {
        // shfmt has a clause of its own for let, with arithmetic in it; bash has not.
        var let = simple.Words is [{ IsLiteral: true, StaticText: "let" }, _, ..];
        foreach (var word in let ? simple.Words[..1] : simple.Words)
        {
            Word(word);
        }

        if (let)
        {
            Tokens.Add("let");
        }
    }

    private void Joined(ImmutableArray<Statement> statements, int last, Func<int, string> operation)
    {
        Tokens.Add("BinaryCmd");
        Tokens.Add("op command " + operation(last));
        if (last == 0)
        {
            Statement(statements[0]);
        }
        else
        {
            Tokens.Add("stmt");
            Joined(statements, last - 1, operation);
        }

        Statement(statements[last + 1]);
    }

    private void If(Command.If choice)
    {
        Tokens.Add("IfClause");
        for (var i = 0; i < choice.Branches.Length; i++)
        {
            if (i > 0)
            {
                Tokens.Add("elif");
            }

            Statements(choice.Branches[i].Condition);
            Statements(choice.Branches[i].Body);
        }

        if (!choice.Otherwise.IsEmpty)
        {
            Tokens.Add("else");
            Statements(choice.Otherwise);
        }
    }

    private void Loop(string kind, string name, ImmutableArray<Word>? items, ImmutableArray<Statement> body)
    {
        Tokens.AddRange(["ForClause", kind, name + (items is null ? "" : " in")]);
        foreach (var item in items ?? [])
        {
            Word(item);
        }

        Statements(body);
    }

    private void Case(Command.Case choice)
    {
        Tokens.Add("CaseClause");
        Word(choice.Subject);
        foreach (var item in choice.Items)
        {
            Tokens.Add($"op case {item.Terminator}");
            item.Patterns.ToList().ForEach(Word);
            Statements(item.Body);
        }
    }

    private void Operand(DeclarationOperand operand)
    {
        if (operand.Assignment is { } assignment)
        {
            Assignment(assignment);
        }
        else
        {
            Tokens.Add("naked");
            Word(operand.Word!);
        }
    }

    private void Assignment(Assignment assignment)
    {
        Tokens.Add($"assign {assignment.Name}{(assignment.Append ? "+" : "")}");
        Index(assignment.Subscript);
        Optional(assignment.Value);
        if (assignment.Array is { } array)
        {
            Tokens.Add("array");
            foreach (var element in array.Elements)
            {
                Tokens.Add("element");
                Index(element.Subscript);
                Optional(element.Value);
            }
        }
    }

    private void Index(Word? subscript)
    {
        if (subscript is not null)
        {
            Tokens.Add("index");
        }
    }

    private void Optional(Word? word)
    {
        if (word is not null)
        {
            Word(word);
        }
    }

    private void Word(Word word)
    {
        Tokens.Add("word");
        Parts(word.Parts);
    }

    private void Parts(ImmutableArray<WordPart> parts)
    {
        foreach (var part in parts)
        {
            Part(part);
        }
    }

    private void Part(WordPart part)
    {
        switch (part)
        {
            case WordPart.Literal literal:
                AddLiteral(Tokens, literal.Text);
                break;
            case WordPart.Escaped escaped:
                AddLiteral(Tokens, "\\" + escaped.Text);
                break;
            case WordPart.SingleQuoted quoted:
                Tokens.Add("single " + quoted.Text);
                break;
            case WordPart.AnsiQuoted ansi:
                Tokens.Add("ansi " + ansi.Source);
                break;
            case WordPart.DoubleQuoted quoted:
                Tokens.Add(quoted.Localized ? "localized" : "double");
                Parts(quoted.Parts);
                Tokens.Add("end");
                break;
            case WordPart.Parameter parameter:
                Parameter(parameter);
                break;
            case WordPart.CommandSubstitution substitution:
                Tokens.Add("substitution");
                Statements(substitution.Body);
                break;
            case WordPart.Arithmetic arithmetic:
                Tokens.Add("arithmetic");
                Arithmetic(arithmetic.Expression);
                break;
            case WordPart.ProcessSubstitution substitution:
                Tokens.AddRange(["process", $"op process {substitution.Output}"]);
                Statements(substitution.Body);
                break;
            case WordPart.ExtendedGlob glob:
                Tokens.Add("glob " + ShellPrinter.Print(glob.Pattern));
                break;
        }
    }

    private void Parameter(WordPart.Parameter parameter)
    {
        var prefix =
            parameter.Prefix switch { ParameterPrefix.Length => "#", ParameterPrefix.Indirect => "!", _ => "" };
        Tokens.Add($"parameter {prefix}{parameter.Name}");
        Index(parameter.Subscript);
        switch (parameter.Operation)
        {
            case ParameterOperation.Slice slice:
                Tokens.Add("slice");
                Arithmetic(slice.Offset);
                Arithmetic(slice.Length);
                break;
            case ParameterOperation.Replace replace:
                Tokens.Add("replace");
                ReplacePattern(replace);
                Optional(replace.Replacement);
                break;
            case ParameterOperation.Alternative alternative:
                Tokens.Add($"op parameter {(alternative.Colon ? ":" : "")}{alternative.Operator}");
                Optional(alternative.Word);
                break;
            case ParameterOperation.Trim trim:
                Tokens.Add($"op parameter trim {trim.FromEnd} {trim.Longest}");
                Optional(trim.Pattern);
                break;
            case ParameterOperation.ChangeCase change:
                Tokens.Add($"op parameter case {change.Operator} {change.All}");
                Optional(change.Pattern);
                break;
            case ParameterOperation.Transform transform:
                Tokens.AddRange(["op parameter @", "word", $"lit {transform.Operator}"]);
                break;
        }

        Tokens.Add(parameter.Operation is ParameterOperation.NamesWithPrefix ? "names end" : "end");
    }

    // shfmt leaves the mark of /# and /% in the pattern.
    private void ReplacePattern(ParameterOperation.Replace replace)
    {
        var mark = replace.Scope switch { ReplaceScope.Beginning => "#", ReplaceScope.End => "%", _ => string.Empty };
        if (replace.Pattern is not null || mark.Length > 0)
        {
            Tokens.Add("word");
            AddLiteral(Tokens, mark);
            Parts(replace.Pattern?.Parts ?? []);
        }
    }

    private void Arithmetic(ArithmeticExpression? expression)
    {
        switch (expression)
        {
            case null:
                Tokens.Add("none");
                break;
            case ArithmeticExpression.Operand operand:
                Operand(operand.Word);
                break;
            case ArithmeticExpression.Unary unary:
                Tokens.AddRange(["UnaryArithm" + (unary.Postfix ? " post" : ""), $"op Arithm {unary.Operator}"]);
                Arithmetic(unary.Inner);
                break;
            case ArithmeticExpression.Infix infix:
                Tokens.AddRange(["BinaryArithm", $"op Arithm {infix.Operator}"]);
                Arithmetic(infix.Left);
                Arithmetic(infix.Right);
                break;
            case ArithmeticExpression.Conditional choice:
                // As shfmt has it: a question whose right side is a colon.
                Tokens.AddRange(["BinaryArithm", "op Arithm ?"]);
                Arithmetic(choice.Condition);
                Tokens.AddRange(["BinaryArithm", "op Arithm :"]);
                Arithmetic(choice.Then);
                Arithmetic(choice.Otherwise);
                break;
            case ArithmeticExpression.Parenthesized inner:
                Tokens.Add("ParenArithm");
                Arithmetic(inner.Inner);
                break;
        }
    }

    // Subscripts within arithmetic: only that there is one counts.
    private void Operand(Word word)
    {
        Tokens.Add("word");
        var open = word.Parts.FirstOrDefault() is WordPart.Literal first
            ? first.Text.IndexOf('[', StringComparison.Ordinal) : -1;
        if (open < 0)
        {
            Parts(word.Parts);
            return;
        }

        AddLiteral(Tokens, ((WordPart.Literal)word.Parts[0]).Text[..(open + 1)]);
        Tokens.Add("index");
        AddLiteral(Tokens, "]");
    }

    private void Test(TestExpression expression)
    {
        switch (expression)
        {
            case TestExpression.NotEmpty test:
                Word(test.Word);
                break;
            case TestExpression.Unary test:
                Tokens.AddRange(["UnaryTest", $"op Test {test.Operator} unary"]);
                Word(test.Operand);
                break;
            case TestExpression.Infix test:
                Tokens.AddRange(["BinaryTest", $"op Test {test.Operator}"]);
                Word(test.Left);
                Word(test.Right);
                break;
            case TestExpression.Not test:
                Tokens.AddRange(["UnaryTest", "op Test ! unary"]);
                Test(test.Inner);
                break;
            case TestExpression.And test:
                Tokens.AddRange(["BinaryTest", "op Test &&"]);
                Test(test.Left);
                Test(test.Right);
                break;
            case TestExpression.Or test:
                Tokens.AddRange(["BinaryTest", "op Test ||"]);
                Test(test.Left);
                Test(test.Right);
                break;
            case TestExpression.Parenthesized test:
                Tokens.Add("ParenTest");
                Test(test.Inner);
                break;
        }
    }
}
