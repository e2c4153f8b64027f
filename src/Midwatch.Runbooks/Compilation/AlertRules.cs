using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>
/// Reads the alert rules of a YAML block line by line: blocks of runbooks are seldom whole YAML documents.
/// </summary>
internal static partial class AlertRules
{
    /// <summary>What is said of an alert whose rule a block gives.</summary>
    public const string Relation = "Its rule stands in the document.";

    /// <summary>The rules, each as an alert that the document mentions.</summary>
    public static IEnumerable<RelatedAlert> In(OutlineNode.Code block)
    {
        RelatedAlert? open = null;
        for (var i = 0; i < block.Lines.Length; i++)
        {
            var line = block.Lines[i];
            if (Named().Match(line) is { Success: true } named)
            {
                if (open is not null)
                {
                    yield return open;
                }

                open = new RelatedAlert(
                    named.Groups[1].Value, Relation, block.Origins[i].Line);
            }
            else if (open is not null && Field().Match(line) is { Success: true } field)
            {
                open = With(open, field.Groups["name"].Value, Value(block, i, field.Groups["value"].Value));
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static RelatedAlert With(RelatedAlert alert, string name, string value) => name switch
    {
        "expr" => alert with { Threshold = alert.Threshold ?? value },
        "for" => alert with { For = alert.For ?? Durations.First(value) },
        _ => alert with { Severity = alert.Severity ?? HeadingText.Bare(value.Trim('"', '\'')) },
    };

    /// <summary>The value of a field; of a block scalar, its lines.</summary>
    private static string Value(OutlineNode.Code block, int at, string value)
    {
        if (value.Trim() is not ("|" or ">" or "|-" or ">-" or ""))
        {
            return value.Trim();
        }

        var indent = Indent(block.Lines[at]);
        return string.Join(' ', block.Lines.Skip(at + 1)
            .TakeWhile(line => line.Trim().Length == 0 || Indent(line) > indent)
            .Select(line => line.Trim())).Trim();
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"^\s*-?\s*alert:\s*[""']?(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*(?<name>expr|for|severity):(?<value>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
