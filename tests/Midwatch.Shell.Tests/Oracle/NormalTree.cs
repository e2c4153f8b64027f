using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>Turns our tree into the tokens of <see cref="ShfmtTree"/>.</summary>
internal sealed class NormalTree(string text)
{
    private readonly TokenList _tokens = new();

    /// <summary>The tokens of a script.</summary>
    public static IReadOnlyList<Token> Of(Script script, string text)
    {
        var tree = new NormalTree(text);
        tree.Statements(script.Statements);
        return tree._tokens.Tokens;
    }

    /// <summary>Without blanks, which mean nothing in a subscript.</summary>
    public static string Bare(string subscript) =>
        string.Concat(subscript.Where(c => !char.IsWhiteSpace(c))).TrimEnd(']');

    private void Statements(ImmutableArray<Statement> statements)
    {
        _tokens.Add("[");
        foreach (var statement in statements)
        {
            Statement(statement);
        }

        _tokens.Add("]");
    }

    private void Statement(Statement statement)
    {
        _tokens.At = statement.Span.Start;
        _tokens.Add($"stmt{(statement.Negated ? " !" : "")}{(statement.Background ? " &" : "")}");
        if (statement.Command is { } command)
        {
            Command(command);
        }

        foreach (var redirection in statement.Redirections)
        {
            var number = redirection.DescriptorVariable is { } name
                ? $"{{{name}}}"
                : redirection.Descriptor?.ToString(CultureInfo.InvariantCulture);
            _tokens.Add("redirect " + number);
            _tokens.Add($"op redirect {redirection.Operator}");
            Word(redirection.Target);
            if (redirection.HereDocument is { Body.Parts.IsEmpty: false } document)
            {
                _tokens.Add("here-document");
                if (document.Quoted)
                {
                    _tokens.AddLiteral(document.Body.StaticText ?? string.Empty);
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
                _tokens.Add("CallExpr");
                simple.Assignments.ToList().ForEach(Assignment);
                Words(simple);
                break;
            case Command.Declaration declaration:
                _tokens.Add("DeclClause");
                _tokens.Add(declaration.Keyword);
                declaration.Operands.ToList().ForEach(Operand);
                break;
            case Command.Pipeline pipeline:
                Joined(pipeline.Statements, pipeline.Operators.Length - 1, i => pipeline.Operators[i].ToString());
                break;
            case Command.AndOrList list:
                Joined(list.Statements, list.Operators.Length - 1, i => list.Operators[i].ToString());
                break;
            case Command.Arithmetic arithmetic:
                _tokens.Add("ArithmCmd");
                Arithmetic(arithmetic.Expression);
                break;
            case Command.Test test:
                _tokens.Add("TestClause");
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
                _tokens.Add("Subshell");
                Statements(subshell.Body);
                break;
            case Command.Group group:
                _tokens.Add("Block");
                Statements(group.Body);
                break;
            case Command.If choice:
                If(choice);
                break;
            case Command.While loop:
                _tokens.Add("WhileClause", loop.Until ? "until" : "while");
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
                _tokens.Add("ForClause", "CStyleLoop");
                Arithmetic(loop.Initial);
                Arithmetic(loop.Condition);
                Arithmetic(loop.Step);
                Statements(loop.Body);
                break;
            case Command.Case choice:
                Case(choice);
                break;
            case Command.FunctionDeclaration function:
                _tokens.Add("FuncDecl", function.Name);
                Statement(function.Body);
                break;
            case Command.Time time:
                _tokens.Add("TimeClause", time.Posix ? "-p" : "");
                if (time.Timed is { } timed)
                {
                    Statement(timed);
                }

                break;
            case Command.Coprocess coprocess:
                _tokens.Add("Coproc", "name " + coprocess.Name);
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
            _tokens.Add("let");
        }
    }

    private void Joined(ImmutableArray<Statement> statements, int last, Func<int, string> operation)
    {
        _tokens.Add("BinaryCmd");
        _tokens.Add("op command " + operation(last));
        if (last == 0)
        {
            Statement(statements[0]);
        }
        else
        {
            _tokens.Add("stmt");
            Joined(statements, last - 1, operation);
        }

        Statement(statements[last + 1]);
    }

    private void If(Command.If choice)
    {
        _tokens.Add("IfClause");
        for (var i = 0; i < choice.Branches.Length; i++)
        {
            if (i > 0)
            {
                _tokens.Add("elif");
            }

            Statements(choice.Branches[i].Condition);
            Statements(choice.Branches[i].Body);
        }

        if (!choice.Otherwise.IsEmpty)
        {
            _tokens.Add("else");
            Statements(choice.Otherwise);
        }
    }

    private void Loop(string kind, string name, ImmutableArray<Word>? items, ImmutableArray<Statement> body)
    {
        _tokens.Add("ForClause", kind, name + (items is null ? "" : " in"));
        foreach (var item in items ?? [])
        {
            Word(item);
        }

        Statements(body);
    }

    private void Case(Command.Case choice)
    {
        _tokens.Add("CaseClause");
        Word(choice.Subject);
        foreach (var item in choice.Items)
        {
            _tokens.Add($"op case {item.Terminator}");
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
            _tokens.Add("naked");
            Word(operand.Word!);
        }
    }

    private void Assignment(Assignment assignment)
    {
        _tokens.Add($"assign {assignment.Name}{(assignment.Append ? "+" : "")}");
        Index(assignment.Subscript);
        Optional(assignment.Value);
        if (assignment.Array is { } array)
        {
            _tokens.Add("array");
            foreach (var element in array.Elements)
            {
                _tokens.Add("element");
                Index(element.Subscript);
                Optional(element.Value);
            }
        }
    }

    private void Index(Word? subscript)
    {
        if (subscript is not null)
        {
            _tokens.Add("index " + Bare(text[subscript.Span.Start..subscript.Span.End]));
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
        _tokens.At = word.Span.Start;
        _tokens.Add($"word {word.Span.Start}-{word.Span.End}");
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
                _tokens.AddLiteral(literal.Text);
                break;
            case WordPart.Escaped escaped:
                _tokens.AddLiteral("\\" + escaped.Text);
                break;
            case WordPart.SingleQuoted quoted:
                _tokens.Add("single " + quoted.Text);
                break;
            case WordPart.AnsiQuoted ansi:
                _tokens.Add("ansi " + ansi.Source);
                break;
            case WordPart.DoubleQuoted quoted:
                _tokens.Add(quoted.Localized ? "localized" : "double");
                Parts(quoted.Parts);
                _tokens.Add("end");
                break;
            case WordPart.Parameter parameter:
                Parameter(parameter);
                break;
            case WordPart.CommandSubstitution substitution:
                _tokens.Add("substitution");
                Statements(substitution.Body);
                break;
            case WordPart.Arithmetic arithmetic:
                _tokens.Add("arithmetic");
                Arithmetic(arithmetic.Expression);
                break;
            case WordPart.ProcessSubstitution substitution:
                _tokens.Add("process", $"op process {substitution.Output}");
                Statements(substitution.Body);
                break;
            case WordPart.ExtendedGlob glob:
                _tokens.Add("glob " + text[glob.Pattern.Span.Start..glob.Pattern.Span.End]);
                break;
        }
    }

    private void Parameter(WordPart.Parameter parameter)
    {
        var prefix =
            parameter.Prefix switch { ParameterPrefix.Length => "#", ParameterPrefix.Indirect => "!", _ => "" };
        _tokens.Add($"parameter {prefix}{parameter.Name}");
        Index(parameter.Subscript);
        switch (parameter.Operation)
        {
            case ParameterOperation.Slice slice:
                _tokens.Add("slice");
                Arithmetic(slice.Offset);
                Arithmetic(slice.Length);
                break;
            case ParameterOperation.Replace replace:
                _tokens.Add("replace");
                ReplacePattern(replace);
                Optional(replace.Replacement);
                break;
            case ParameterOperation.Alternative alternative:
                _tokens.Add($"op parameter {(alternative.Colon ? ":" : "")}{alternative.Operator}");
                Optional(alternative.Word);
                break;
            case ParameterOperation.Trim trim:
                _tokens.Add($"op parameter trim {trim.FromEnd} {trim.Longest}");
                Optional(trim.Pattern);
                break;
            case ParameterOperation.ChangeCase change:
                _tokens.Add($"op parameter case {change.Operator} {change.All}");
                Optional(change.Pattern);
                break;
            case ParameterOperation.Transform transform:
                _tokens.Add(
                    "op parameter @",
                    $"word {transform.Span.Start + 1}-{transform.Span.End}",
                    $"lit {transform.Operator}");
                break;
        }

        _tokens.Add(parameter.Operation is ParameterOperation.NamesWithPrefix ? "names end" : "end");
    }

    // shfmt leaves the mark of /# and /% in the pattern.
    private void ReplacePattern(ParameterOperation.Replace replace)
    {
        var mark = replace.Scope switch { ReplaceScope.Beginning => "#", ReplaceScope.End => "%", _ => string.Empty };
        if (replace.Pattern is not null || mark.Length > 0)
        {
            _tokens.Add("pattern");
            _tokens.AddLiteral(mark);
            Parts(replace.Pattern?.Parts ?? []);
        }
    }

    private void Arithmetic(ArithmeticExpression? expression)
    {
        switch (expression)
        {
            case null:
                _tokens.Add("none");
                break;
            case ArithmeticExpression.Operand operand:
                Operand(operand.Word);
                break;
            case ArithmeticExpression.Unary unary:
                _tokens.Add("UnaryArithm" + (unary.Postfix ? " post" : ""), $"op Arithm {unary.Operator}");
                Arithmetic(unary.Inner);
                break;
            case ArithmeticExpression.Infix infix:
                _tokens.Add("BinaryArithm", $"op Arithm {infix.Operator}");
                Arithmetic(infix.Left);
                Arithmetic(infix.Right);
                break;
            case ArithmeticExpression.Conditional choice:
                // As shfmt has it: a question whose right side is a colon.
                _tokens.Add("BinaryArithm", "op Arithm ?");
                Arithmetic(choice.Condition);
                _tokens.Add("BinaryArithm", "op Arithm :");
                Arithmetic(choice.Then);
                Arithmetic(choice.Otherwise);
                break;
            case ArithmeticExpression.Parenthesized inner:
                _tokens.Add("ParenArithm");
                Arithmetic(inner.Inner);
                break;
        }
    }

    // shfmt has a subscript of its own where we keep the text.
    private void Operand(Word word)
    {
        var open = word.Parts is [WordPart.Literal first, ..] ? first.Text.IndexOf('[', StringComparison.Ordinal) : -1;
        if (open < 0)
        {
            Word(word);
            return;
        }

        _tokens.At = word.Span.Start;
        _tokens.Add($"word {word.Span.Start}-{word.Span.End}");
        _tokens.AddLiteral(((WordPart.Literal)word.Parts[0]).Text[..open]);
        var written = text[word.Span.Start..word.Span.End];
        _tokens.Add("index " + Bare(written[(open + 1)..].TrimEnd(']')));
    }

    // a && b && c: ours leans to the left, shfmt's to the right, and it means the same.
    private void Chained(TestExpression expression, Type kind)
    {
        var (left, right) = expression switch
        {
            TestExpression.And both when kind == typeof(TestExpression.And) => (both.Left, both.Right),
            TestExpression.Or either when kind == typeof(TestExpression.Or) => (either.Left, either.Right),
            _ => (null, null),
        };
        if (left is null || right is null)
        {
            Test(expression);
            return;
        }

        Chained(left, kind);
        Chained(right, kind);
    }

    private void Test(TestExpression expression)
    {
        switch (expression)
        {
            case TestExpression.NotEmpty test:
                Word(test.Word);
                break;
            case TestExpression.Unary test:
                // shfmt has one name for the two of each pair that ask the same.
                var asked = test.Operator switch { "-h" => "-L", "-a" => "-e", var other => other };
                _tokens.Add("UnaryTest", $"op Test {asked} unary");
                Word(test.Operand);
                break;
            case TestExpression.Infix test:
                _tokens.Add("BinaryTest", $"op Test {test.Operator}");
                Word(test.Left);
                Word(test.Right);
                break;
            case TestExpression.Not test:
                _tokens.Add("UnaryTest", "op Test ! unary");
                Test(test.Inner);
                break;
            case TestExpression.And or TestExpression.Or:
                _tokens.Add(expression is TestExpression.And ? "all" : "any");
                Chained(expression, expression.GetType());
                _tokens.Add("end");
                break;
            case TestExpression.Parenthesized test:
                _tokens.Add("ParenTest");
                Test(test.Inner);
                break;
        }
    }
}
