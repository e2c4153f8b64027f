using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>What came of reading one text with both parsers.</summary>
/// <param name="Kind">Who refused, or whether the trees are alike.</param>
/// <param name="At">Where they part: offset in the text; 0 when they do not.</param>
/// <param name="What">Our code, shfmt's message, or both steps of the trees.</param>
internal sealed partial record Comparison(string Text, ComparisonKind Kind, int At, string What)
{
    /// <summary>
    /// Gets how shfmt's tree was grouped anew, as bash groups, before it was alike: see <see cref="Grouping"/>.
    /// </summary>
    public IReadOnlySet<string> Regrouped { get; private init; } = new HashSet<string>();

    /// <summary>Reads a text with both.</summary>
    public static async Task<Comparison> MakeAsync(string text, Shfmt shfmt, OperatorNames operators)
    {
        var ours = ShellParser.Parse(text, ShellParserOptions.Bash);
        var (tree, error) = await shfmt.ReadAsync(text);
        if (tree is null)
        {
            return ours.IsSound
                ? new Comparison(text, ComparisonKind.OnlyShfmtRefuses, Place(error, text), Message(error))
                : new Comparison(text, ComparisonKind.BothRefuse, 0, string.Empty);
        }

        if (!ours.IsSound)
        {
            var diagnostic = ours.Diagnostics[0];
            return new Comparison(
                text, ComparisonKind.OnlyWeRefuse, diagnostic.Span.Start, $"{diagnostic.Code} {diagnostic.Message}");
        }

        var (theirs, regrouped) = ShfmtTree.Of(tree, text);
        var difference = operators.FirstDifference(NormalTree.Of(ours.Script, text), theirs);
        return difference is null
            ? new Comparison(text, ComparisonKind.Alike, 0, string.Empty) { Regrouped = regrouped }
            : new Comparison(
                text, ComparisonKind.OtherTree, difference.At,
                $"ours «{difference.Ours}», shfmt «{difference.Theirs}» after «{difference.Before}»");
    }

    /// <summary>The line at the place, with what was found.</summary>
    public string Describe()
    {
        var position = ShellPosition.Of(Text, At);
        var line = Text.Split('\n')[position.Line - 1];
        return $"{Kind} at {position}: {What}\n    {(line.Length <= 200 ? line : line[..200] + "…")}";
    }

    private static string Message(string error) => Head().Replace(error.Split('\n')[0], string.Empty);

    private static int Place(string error, string text)
    {
        if (Head().Match(error) is not { Success: true } head)
        {
            return 0;
        }

        var line = int.Parse(head.Groups["line"].Value, CultureInfo.InvariantCulture);
        var column = int.Parse(head.Groups["column"].Value, CultureInfo.InvariantCulture);
        var lines = text.Split('\n');
        var start = lines.Take(line - 1).Sum(l => l.Length + 1);
        var within = line <= lines.Length ? new SourceOffsets(lines[line - 1]).Of(column - 1) : 0;
        return Math.Clamp(start + within, 0, text.Length);
    }

    [GeneratedRegex(@"^(<standard input>:)?(?<line>\d+):(?<column>\d+): ")]
    private static partial Regex Head();
}

/// <summary>How two readings of a text relate.</summary>
internal enum ComparisonKind
{
    /// <summary>Both took it, and made the same tree.</summary>
    Alike,

    /// <summary>Neither took it.</summary>
    BothRefuse,

    /// <summary>Both took it, and made different trees.</summary>
    OtherTree,

    /// <summary>We took it, shfmt did not.</summary>
    OnlyShfmtRefuses,

    /// <summary>shfmt took it, we did not.</summary>
    OnlyWeRefuse,
}
