using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>Tells what came of every command of a seed.</summary>
internal static class SeedReport
{
    internal static string Write(string system, string seed, ImmutableArray<RowResult> results)
    {
        int Count(string kind) => results.Count(result => result.Row.As == kind && result.Mismatch is null);
        var waiting = results.Count(result => result.Mismatch is not null && result.Row.Missing is not null);
        var wrong = results.Count(result => result.Mismatch is not null && result.Row.Missing is null);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{system} ({seed}): {results.Length} commands; as stated {Count("stated")}, differs as predicted "
            + $"{Count("differs")}, not runnable here {Count("nothere")}, refused {Count("refused")}, "
            + $"waiting for the cluster {waiting}, not as expected {wrong}");
        foreach (var result in results)
        {
            var row = result.Row;
            var mark = result.Mismatch is null ? row.As : row.Missing is null ? "WRONG" : "waiting";
            var command = row.Command.Length <= 90 ? row.Command : row.Command[..90] + "…";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {row.Id} {row.Line,4}  {mark,-8} {command}");
            if (row.Why is { } why && result.Mismatch is null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      {why}");
            }

            if (result.Mismatch is { } mismatch)
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"      {(row.Missing is { } missing ? $"[{missing}] " : "")}{mismatch}");
            }
        }

        return text.ToString();
    }
}
