using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Finds the nodes of a script together with those of the texts that it will run: of <c>trap</c>, <c>eval</c> and
/// <c>source</c>, as far as they are known.
/// </summary>
internal sealed class ScriptTexts(
    string workingDirectory, InterpreterOptions options, ForeseenText foreseen, List<ShellDiagnostic> refusals)
{
    private const int DepthMax = 10;

    /// <summary>Gets whether there was a text that only running can tell.</summary>
    public bool HasUnread { get; private set; }

    public IEnumerable<ShellNode> WithInnerTexts(IEnumerable<Statement> statements, int depth = 0)
    {
        foreach (var node in statements.SelectMany(ShellTree.Descendants))
        {
            yield return node;
            if (node is not Command.Simple { Words: [{ StaticText: { } name }, ..] } simple)
            {
                continue;
            }

            if (depth == DepthMax || Text(name, simple) is not { } text)
            {
                HasUnread |= name is "eval" or "source" or ".";
                continue;
            }

            var parsed = InnerText.Parse(text.Text, text.Span);
            refusals.AddRange(parsed.Diagnostics);
            foreach (var inner in WithInnerTexts(parsed.Script.Statements, depth + 1))
            {
                yield return inner;
            }
        }
    }

    // A hyphen or a number first: then the words are signals, or an option.
    private static bool Resets(string? first) =>
        first is ['-', ..] || (first is [_, ..] && first.All(char.IsAsciiDigit));

    /// <summary>The text of the words that become code, as far as it is certain.</summary>
    private (string Text, SourceSpan Span)? Code(string name, Command.Simple simple, Word[] all, Word[] code)
    {
        if (all.Any(foreseen.TakesValueThatIsNoCode))
        {
            refusals.Add(new ShellDiagnostic(
                "SH3008",
                $"{name} would run a value as code: only a name, a number or a path may be put into it.",
                "Write the command itself, with the value as an argument.",
                simple.Span));
            return null;
        }

        var texts = code.Select(word => foreseen.Text(word) ?? word.StaticText).ToArray();
        return texts.Contains(null) ? null
            : (string.Join(' ', texts), code.Length == 1 ? code[0].Span : simple.Span);
    }

    private (string Text, SourceSpan Span)? Text(string name, Command.Simple simple)
    {
        var words = simple.Words.Skip(1).SkipWhile(word => word.StaticText == "--").ToArray();
        switch (name)
        {
            case "trap" when words is [var action, _, ..] && !Resets(action.StaticText):
                return Code(name, simple, words, words[..1]);
            case "eval" when words.Length > 0:
                return Code(name, simple, words, words);
            case "source" or "." when words is [{ StaticText: { } file } word, ..]:
                var read = SourcedFile.Read(file, workingDirectory, options.SourceDirectory);
                if (read.Refusal is { } refusal)
                {
                    refusals.Add(
                        new ShellDiagnostic("SH3008", refusal, "Write the commands into the script.", word.Span));
                }

                return read.Text is { } text ? (text, word.Span) : null;
            case "source" or "." when options.SourceDirectory is null && words.Length > 0:
                refusals.Add(new ShellDiagnostic(
                    "SH3008", "It runs a script that nobody has seen.", "Write the commands into the script.",
                    simple.Span));
                return null;
            default:
                return null;
        }
    }
}
