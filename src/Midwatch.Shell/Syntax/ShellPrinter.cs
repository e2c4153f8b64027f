namespace Midwatch.Shell.Syntax;

/// <summary>
/// Prints trees as bash that means the same: one statement a line, comments left out, placeholders as written.
/// </summary>
public static class ShellPrinter
{
    /// <summary>Prints a script, a statement, a command, a word or a part of one.</summary>
    public static string Print(ShellNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var output = new PrinterOutput();
        var words = new WordPrinter(output);
        switch (node)
        {
            case Script script:
                new CommandPrinter(output).Print(script.Statements);
                break;
            case Statement statement:
                new CommandPrinter(output).Print(statement);
                break;
            case Command command:
                new CommandPrinter(output).Print(command);
                break;
            case Assignment assignment:
                words.Print(assignment);
                break;
            case Word word:
                words.Print(word);
                break;
            case WordPart part:
                words.Print(part);
                break;
            case ArithmeticExpression expression:
                words.Print(expression);
                break;
            default:
                throw new ArgumentException($"A {node.GetType().Name} does not stand alone.", nameof(node));
        }

        return output.Finish();
    }
}
