using System.Globalization;
using Midwatch.Execution.Steps;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>What came of one row.</summary>
/// <param name="Outcome">Null when it could not be tried: something that sets the scene failed.</param>
/// <param name="Mismatch">What is not as the table says; null when all of it is.</param>
internal sealed record RowResult(CommandRow Row, CommandOutcome? Outcome, string? Mismatch)
{
    /// <summary>Holds a command against its row.</summary>
    internal static RowResult Of(CommandRow row, CommandOutcome outcome)
    {
        var refused = outcome.End is CommandEnd.Refused or CommandEnd.Stopped;
        var said = refused
            ? string.Join(' ', outcome.Refusals.Select(refusal => $"{refusal.Reason} {refusal.Remedy}"))
            : outcome.Output.Text + outcome.Error.Text;
        var mismatch = (row.As == "refused", refused) switch
        {
            // How it fails depends on the machine; that it works would be news.
            _ when row.As == "nothere" => outcome.ExitCode == 0 ? "works here after all" : null,
            (true, false) => $"was to be refused, and ended with {outcome.End} {outcome.ExitCode}",
            (false, true) => $"was refused: {said}",
            (false, false) when outcome.ExitCode != row.Exit =>
                $"ended with {outcome.End} {Number(outcome.ExitCode)}, not {Number(row.Exit)}",
            _ when row.Output is { } fragment && !said.Contains(fragment, StringComparison.Ordinal) =>
                $"does not say '{fragment}'",
            _ => null,
        };
        return new RowResult(row, outcome, mismatch is null ? null : $"{mismatch}\n      {Cut(said)}");
    }

    private static string Number(int? status) => status?.ToString(CultureInfo.InvariantCulture) ?? "no status";

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ⏎ ").Trim();
        return line.Length <= 400 ? line : line[..400] + "…";
    }
}
