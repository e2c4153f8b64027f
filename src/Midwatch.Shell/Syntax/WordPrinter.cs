using System.Collections.Immutable;
using System.Diagnostics;

namespace Midwatch.Shell.Syntax;

/// <summary>Prints words, their parts, assignments and arithmetic.</summary>
internal sealed class WordPrinter(PrinterOutput output)
{
    public void Print(Word word) => Print(word.Parts);

    public void Print(Assignment assignment)
    {
        output.Write(assignment.Name);
        PrintSubscript(assignment.Subscript);
        output.Write(assignment.Append ? "+=" : "=");
        PrintOptional(assignment.Value);
        if (assignment.Array is not { } array)
        {
            return;
        }

        output.Write("(");
        foreach (var element in array.Elements)
        {
            output.Write(element == array.Elements[0] ? string.Empty : " ");
            PrintSubscript(element.Subscript);
            output.Write(element.Subscript is null ? string.Empty : "=");
            PrintOptional(element.Value);
        }

        output.Write(")");
    }

    public void Print(WordPart part)
    {
        switch (part)
        {
            case WordPart.Literal literal:
                output.Write(literal.Text);
                break;
            case WordPart.Escaped escaped:
                output.Write("\\" + escaped.Text);
                break;
            case WordPart.SingleQuoted quoted:
                output.Write($"'{quoted.Text}'");
                break;
            case WordPart.AnsiQuoted ansi:
                output.Write($"$'{ansi.Source}'");
                break;
            case WordPart.DoubleQuoted quoted:
                output.Write(quoted.Localized ? "$\"" : "\"");
                Print(quoted.Parts);
                output.Write("\"");
                break;
            case WordPart.Parameter parameter:
                Print(parameter);
                break;
            case WordPart.CommandSubstitution substitution:
                PrintBody("$(", substitution.Body);
                break;
            case WordPart.ProcessSubstitution substitution:
                PrintBody(substitution.Output ? ">(" : "<(", substitution.Body);
                break;
            case WordPart.Arithmetic arithmetic:
                output.Write("$((");
                PrintOptional(arithmetic.Expression);
                output.Write("))");
                break;
            case WordPart.ExtendedGlob glob:
                output.Write($"{glob.Operator}(");
                Print(glob.Pattern);
                output.Write(")");
                break;
            case WordPart.Placeholder placeholder:
                output.Write(Marked(placeholder));
                break;
        }
    }

    public void Print(ArithmeticExpression expression)
    {
        switch (expression)
        {
            case ArithmeticExpression.Operand operand:
                Print(operand.Word);
                break;
            case ArithmeticExpression.Unary unary:
                // The blank keeps `- -x` from becoming `--x`.
                output.Write(unary.Postfix ? string.Empty : unary.Operator + " ");
                Print(unary.Inner);
                output.Write(unary.Postfix ? unary.Operator : string.Empty);
                break;
            case ArithmeticExpression.Infix infix:
                Print(infix.Left);
                output.Write($" {infix.Operator} ");
                Print(infix.Right);
                break;
            case ArithmeticExpression.Conditional choice:
                Print(choice.Condition);
                output.Write(" ? ");
                Print(choice.Then);
                output.Write(" : ");
                Print(choice.Otherwise);
                break;
            case ArithmeticExpression.Parenthesized inner:
                output.Write("(");
                Print(inner.Inner);
                output.Write(")");
                break;
        }
    }

    public void PrintOptional(ArithmeticExpression? expression)
    {
        if (expression is not null)
        {
            Print(expression);
        }
    }

    private void PrintOptional(Word? word)
    {
        if (word is not null)
        {
            Print(word);
        }
    }

    private void Print(ImmutableArray<WordPart> parts)
    {
        WordPart? before = null;
        foreach (var part in parts)
        {
            if (part is WordPart.CommandSubstitution substitution && before is WordPart.Literal { Text: [.., '$'] })
            {
                PrintBackticks(substitution);
            }
            else
            {
                Print(part);
            }

            before = part;
        }
    }

    private void PrintBody(string open, ImmutableArray<Statement> body)
    {
        // Two opening parentheses in a row would be arithmetic.
        output.Write(open + " ");
        var commands = new CommandPrinter(output);
        for (var i = 0; i < body.Length; i++)
        {
            commands.Print(body[i]);
            if (i < body.Length - 1 || output.HasPending)
            {
                output.NewLine();
            }
        }

        output.Write(")");
    }

    // Behind a dollar `$(` would be the variable `$$` and a parenthesis.
    private void PrintBackticks(WordPart.CommandSubstitution substitution)
    {
        var inner = new PrinterOutput();
        new CommandPrinter(inner).Print(substitution.Body);
        var text = inner.Finish().TrimEnd('\n')
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal);
        output.Write($"`{text}`");
    }

    private void PrintSubscript(Word? subscript)
    {
        if (subscript is not null)
        {
            output.Write("[");
            Print(subscript);
            output.Write("]");
        }
    }

    private void Print(WordPart.Parameter parameter)
    {
        if (!parameter.Braced)
        {
            output.Write("$" + parameter.Name);
            return;
        }

        output.Write("${" + parameter.Prefix switch
        {
            ParameterPrefix.Length => "#",
            ParameterPrefix.Indirect => "!",
            _ => string.Empty,
        });
        output.Write(parameter.Name);
        PrintSubscript(parameter.Subscript);
        if (parameter.Operation is { } operation)
        {
            Print(operation);
        }

        output.Write("}");
    }

    private void Print(ParameterOperation operation)
    {
        switch (operation)
        {
            case ParameterOperation.Alternative alternative:
                output.Write((alternative.Colon ? ":" : string.Empty) + alternative.Operator);
                PrintOptional(alternative.Word);
                break;
            case ParameterOperation.Trim trim:
                output.Write(new string(trim.FromEnd ? '%' : '#', trim.Longest ? 2 : 1));
                PrintOptional(trim.Pattern);
                break;
            case ParameterOperation.Replace replace:
                Print(replace);
                break;
            case ParameterOperation.Slice slice:
                output.Write(": ");
                PrintOptional(slice.Offset);
                output.Write(slice.HasLength ? ": " : string.Empty);
                PrintOptional(slice.Length);
                break;
            case ParameterOperation.ChangeCase change:
                output.Write(new string(change.Operator, change.All ? 2 : 1));
                PrintOptional(change.Pattern);
                break;
            case ParameterOperation.Transform transform:
                output.Write($"@{transform.Operator}");
                break;
            case ParameterOperation.NamesWithPrefix names:
                output.Write(names.Separate ? "@" : "*");
                break;
        }
    }

    private void Print(ParameterOperation.Replace replace)
    {
        output.Write(replace.Scope switch
        {
            ReplaceScope.All => "//",
            ReplaceScope.Beginning => "/#",
            ReplaceScope.End => "/%",
            _ => "/",
        });
        PrintOptional(replace.Pattern);
        output.Write(replace.Replacement is null ? string.Empty : "/");
        PrintOptional(replace.Replacement);
    }

    private static string Marked(WordPart.Placeholder placeholder) => placeholder.Style switch
    {
        PlaceholderStyle.Angle => $"<{placeholder.Name}>",
        PlaceholderStyle.Brace => $"{{{placeholder.Name}}}",
        PlaceholderStyle.Bracket => $"[{placeholder.Name}]",
        PlaceholderStyle.Star => $"*{placeholder.Name}*",
        PlaceholderStyle.Template => $"{{{{ {placeholder.Name} }}}}",
        PlaceholderStyle.Capitals or PlaceholderStyle.Your or PlaceholderStyle.Path or PlaceholderStyle.Elision =>
            placeholder.Name,
        _ => throw new UnreachableException($"No such style: {placeholder.Style}."),
    };
}
