using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A line that should have gone on (MW1006), and a command behind the fence (MW1020).</summary>
internal sealed class TextDamageCheck(ToolLibrary tools) : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        foreach (var command in document.Commands.Where(command => command.Script is null
            && IsContinuation(command, document)))
        {
            yield return new Report("MW1006", command.Span with { EndLine = command.Span.Line,
                EndColumn = command.Span.Column + Option(command.Text).Length },
                $"'{Option(command.Text)}' stands where a command begins: the line above does not go on.",
                "End the line above with a backslash.");
        }

        foreach (var call in document.Calls.Where(call => call.Outer is null && !call.Substituted
            && call.Words[0] is { Known: true } word && IsOption(word.Text)))
        {
            yield return new Report("MW1006", call.Places[0],
                $"'{call.Words[0].Text}' stands where a command begins: the line above does not go on.",
                "End the line above with a backslash.");
        }

        foreach (var code in document.Outline.OfType<OutlineNode.Code>())
        {
            var line = document.Lines[code.Line];
            var fence = line.TrimStart(' ', '>', '\t', '-', '*', '.', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0');
            var info = fence.TrimStart('`', '~').Trim();
            if ((fence.StartsWith("```", StringComparison.Ordinal) || fence.StartsWith("~~~", StringComparison.Ordinal))
                && info.Split(' ') is { Length: > 1 } words && tools.Find(words[0]) is not null
                && !IsAttribute(words[1])
                && words[0] is not ("bash" or "sh" or "zsh" or "console" or "sql" or "python" or "ruby" or "perl"
                    or "node" or "php"))
            {
                yield return new Report("MW1020", document.SpanOf(code.Line, info),
                    "A command stands behind the fence, where only the language is read: nobody sees it.",
                    "Put it on a line of its own inside the block.");
            }
        }
    }

    /// <summary>What site generators read behind a language: <c>hl_lines="5"</c>, <c>{1,3}</c>.</summary>
    private static bool IsAttribute(string word) => word.StartsWith('{') || word.StartsWith('[')
        || (!word.StartsWith('-') && word.Contains('=', StringComparison.Ordinal));

    /// <summary>
    /// An option on its own line right below a command. A list of files begins with <c>-rw</c>, a comment of SQL
    /// with <c>--</c> and a space.
    /// </summary>
    private static bool IsContinuation(Steps.StepCommand command, LintDocument document) =>
        IsOption(Option(command.Text)) && !Option(command.Text).StartsWith("-rw", StringComparison.Ordinal)
        && !Option(command.Text).EndsWith(',')
        && document.Commands.Any(other => other.Span.EndLine == command.Span.Line - 1 && other.Script is not null
            && other.Effect.Program.Length > 0);

    private static string Option(string text) => text.Split([' ', '\n', '=', '\\'], 2)[0];

    private static bool IsOption(string word) =>
        word.Length > 1 && word[0] == '-' && (char.IsAsciiLetter(word[1]) || (word[1] == '-' && word.Length > 3
            && char.IsAsciiLetter(word[2])));
}
