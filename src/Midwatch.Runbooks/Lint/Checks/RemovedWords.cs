using System.Collections.Immutable;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// Words that kubectl no longer has, or is about to lose. Data: <c>removed-words.txt</c>, rows of
/// <c>verb | option or kind | state and version | what to write instead</c>.
/// </summary>
internal static class RemovedWords
{
    private static readonly Lazy<ImmutableArray<RemovedWord>> Table = new(() =>
    [
        .. LintData.Rows("removed-words.txt").Select(row => new RemovedWord(row[0], row[1], row[2], row[3])),
    ]);

    /// <summary>Whether the option is one of them: it is told as such, not as unknown.</summary>
    public static bool Knows(CommandCall call, string option) => Of(call).Any(each => each.Row.Word == option);

    /// <summary>The rows that a call uses.</summary>
    public static IEnumerable<(RemovedWord Row, string Word)> Of(CommandCall call)
    {
        foreach (var row in Table.Value.Where(row => row.Verb == "*" || row.Verb == FirstVerb(call)))
        {
            var (name, value) = row.Word.Split('=', 2) is [var left, var right] ? (left, right) : (row.Word, null);
            var found = row.Word.StartsWith('-')
                ? call.Parsed!.Options.Any(option => option.Name == name
                    && (value is null || option.Value?.Text == value || (value.Length == 0 && option.Value is null)))
                : row.Word == "-"
                    || (row.Word.StartsWith("kind:", StringComparison.Ordinal)
                        && call.Parsed!.Operands is [var first, ..] && first.Known
                        && row.Word[5..].Split(',').Contains(first.Text, StringComparer.Ordinal));
            if (found)
            {
                yield return (row, row.Word.StartsWith('-')
                    && row.Word != "-" ? name : call.Parsed!.Operands is [var at, ..]
                    ? at.Text : call.Words[0].Text);
            }
        }
    }

    private static string FirstVerb(CommandCall call) =>
        call.Parsed!.Path is [var verb, ..] ? verb : call.Parsed.StrangeVerb is { Known: true } strange ? strange.Text
            : "";

    /// <summary>A row of the table.</summary>
    internal sealed record RemovedWord(string Verb, string Word, string State, string Instead);
}
