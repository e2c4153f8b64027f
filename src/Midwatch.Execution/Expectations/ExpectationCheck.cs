using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.Execution.Steps;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Execution.Expectations;

/// <summary>Whether a command showed what it should.</summary>
/// <param name="Holds">Null when it could not be told, or only by a person.</param>
/// <param name="Reason">What was seen, in one sentence.</param>
public sealed record ExpectationAnswer(bool? Holds, string Reason);

/// <summary>
/// Holds the output of a command against what the runbook expects of it. Three-valued: absent is never fine.
/// </summary>
public static partial class ExpectationCheck
{
    /// <summary>Checks one expectation.</summary>
    public static ExpectationAnswer Of(Expectation expectation, CommandOutcome outcome)
    {
        if (outcome.End is CommandEnd.Refused or CommandEnd.Stopped)
        {
            return new(null, "It was not run: " + string.Join(" ", outcome.Refusals.Select(refusal => refusal.Reason)));
        }

        if (!outcome.IsWell)
        {
            var said = outcome.Error.Text.Trim();
            return new(false,
                Shown(said.Length > 0 ? said : outcome.Output.Text,
                    $"It ended with {outcome.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "no status"}"));
        }

        var output = outcome.Output.Text;
        return expectation switch
        {
            Expectation.Contains contains => new(
                output.Contains(contains.Text, StringComparison.Ordinal),
                Shown(output, $"\"{contains.Text}\" is looked for")),
            Expectation.JsonShape shape => JsonShapeCheck.Of(shape.Json, output),
            Expectation.HttpStatus status => Status(status.Status, output),
            Expectation.PodsReady => PodTable.AllReady(output),
            Expectation.Count count => Count(count, output),
            Expectation.Bound bound => Bound(bound, output),
            Expectation.Within within => new(
                outcome.Took <= within.Limit,
                string.Create(CultureInfo.InvariantCulture, $"It took {outcome.Took.TotalSeconds:0.0} s.")),
            _ => new(null, "A person has to judge this."),
        };
    }

    /// <summary>Shortens what was printed for a sentence.</summary>
    internal static string Shown(string output, string lead)
    {
        const int Most = 160;
        var line = Blanks().Replace(output.Trim(), " ");
        return line.Length == 0 ? $"{lead}; it printed nothing."
            : $"{lead}; it printed: {(line.Length <= Most ? line : line[..Most] + "…")}";
    }

    private static ExpectationAnswer Status(int status, string output)
    {
        var match = StatusLine().Match(output);
        return match.Success
            ? new(match.Groups[1].Value == status.ToString(CultureInfo.InvariantCulture),
                $"The status is {match.Groups[1].Value}.")
            : new(null, "The output shows no HTTP status.");
    }

    private static ExpectationAnswer Count(Expectation.Count count, string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Count(line => !line.StartsWith("NAME ", StringComparison.Ordinal));
        return new(lines >= count.Least && (count.Most is not { } most || lines <= most), $"There are {lines}.");
    }

    private static ExpectationAnswer Bound(Expectation.Bound bound, string output)
    {
        var match = Number().Match(output);
        if (!match.Success || !double.TryParse(match.Value, CultureInfo.InvariantCulture, out var number))
        {
            return new(null, "The output shows no number.");
        }

        bool? holds = bound.Comparison switch
        {
            "<" => number < bound.Limit,
            "<=" => number <= bound.Limit,
            ">" => number > bound.Limit,
            ">=" => number >= bound.Limit,
            "=" or "==" => number.Equals(bound.Limit),
            _ => null,
        };
        return new(holds, string.Create(CultureInfo.InvariantCulture, $"It is {number}."));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"HTTP/[\d.]+ (\d{3})")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
