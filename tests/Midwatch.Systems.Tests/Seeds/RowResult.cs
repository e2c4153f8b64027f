using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.Execution.Steps;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>What came of one row.</summary>
/// <param name="As">Its class on this machine: a row that needs a program that is missing is not here.</param>
/// <param name="Mismatch">What is not as the table says; null when all of it is.</param>
/// <param name="Why">Why it is not as stated; null for what is.</param>
internal sealed record RowResult(CommandRow Row, string As, string? Mismatch, string? Why)
{
    /// <summary>How long it took, with what was set up before it and put back after it.</summary>
    internal TimeSpan Took { get; init; }

    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(5);

    /// <summary>Holds a command against its row.</summary>
    internal static RowResult Of(CommandRow row, CommandOutcome outcome)
    {
        var refused = outcome.End is CommandEnd.Refused or CommandEnd.Stopped;
        var said = refused
            ? string.Join(' ', outcome.Refusals.Select(refusal => $"{refusal.Reason} {refusal.Remedy}"))
            : outcome.Output.Text + outcome.Error.Text;
        if (row.Needs is { } program and not "root" && Repository.OnPath(program) is null)
        {
            var named = refused && said.Contains($"no program “{program}”", StringComparison.Ordinal);
            return new RowResult(row, "nothere", named ? null
                : $"was to be refused for {program}, which is not here, and ended with {outcome.End}: {Cut(said)}",
                $"Midwatch refuses it: there is no program {program} on this machine");
        }

        var mismatch = (row.As == "refused", refused) switch
        {
            (true, false) => $"was to be refused, and ended with {outcome.End} {outcome.ExitCode}",
            (false, true) => "was refused",
            _ when row is { As: "nothere", Exit: null } && outcome.ExitCode == 0 => "works here after all",
            (false, false) when outcome.ExitCode != row.Exit && row is not { As: "nothere", Exit: null } =>
                $"ended with {outcome.End} {Number(outcome.ExitCode)}, not {Number(row.Exit)}",
            _ when row.Output is { } fragment && !said.Contains(fragment, StringComparison.Ordinal) =>
                $"does not say '{fragment}'",
            _ when row.Matches is { } pattern && !Regex.IsMatch(said, pattern, RegexOptions.Multiline, MatchLimit) =>
                $"does not match '{pattern}'",
            _ => null,
        };
        return new RowResult(row, row.As, mismatch is null ? null : $"{mismatch}\n      {Cut(said)}", row.Why);
    }

    private static string Number(int? status) => status?.ToString(CultureInfo.InvariantCulture) ?? "no status";

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ⏎ ").Trim();
        return line.Length <= 400 ? line : line[..400] + "…";
    }
}
