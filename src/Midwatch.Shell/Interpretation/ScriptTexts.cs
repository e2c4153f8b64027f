using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Finds the nodes of a script together with those of the texts that it will run: of <c>trap</c>, <c>eval</c> and
/// <c>source</c>, as far as they are known.
/// </summary>
internal sealed class ScriptTexts(
    string workingDirectory, InterpreterOptions options, List<ShellDiagnostic> refusals)
{
    private const int DepthMax = 10;

    public IEnumerable<ShellNode> WithInnerTexts(IEnumerable<Statement> statements, int depth = 0)
    {
        foreach (var node in statements.SelectMany(ShellTree.Descendants))
        {
            yield return node;
            if (node is not Command.Simple { Words: [{ StaticText: { } name }, ..] } simple || depth == DepthMax
                || Text(name, simple) is not { } text)
            {
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

    private (string Text, SourceSpan Span)? Text(string name, Command.Simple simple)
    {
        var words = simple.Words.Skip(1).SkipWhile(word => word.StaticText == "--").ToArray();
        switch (name)
        {
            case "trap" when words is [{ StaticText: { Length: > 0 } action } word, _, ..] && action[0] != '-':
                return (action, word.Span);
            case "eval" when words.Length > 0 && words.All(word => word.StaticText is not null):
                return (string.Join(' ', words.Select(word => word.StaticText)), simple.Span);
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
