using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>Tells what came of every command of a seed.</summary>
internal static class SeedReport
{
    internal static string Write(string system, string seed, ImmutableArray<RowResult> results)
    {
        int Count(string kind) => results.Count(result => result.As == kind && result.Mismatch is null);
        var wrong = results.Count(result => result.Mismatch is not null);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{system} ({seed}): {results.Length} commands; as stated {Count("stated")}, differs as predicted "
            + $"{Count("differs")}, not runnable here {Count("nothere")}, refused {Count("refused")}, "
            + $"not as expected {wrong}");
        foreach (var result in results)
        {
            var row = result.Row;
            var mark = result.Mismatch is null ? result.As : "WRONG";
            var command = row.Command.Length <= 90 ? row.Command : row.Command[..90] + "…";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {row.Id} {row.Line,4} {result.Took.TotalSeconds,5:0.0} s  {mark,-8} {command}");
            if ((result.Mismatch ?? result.Why) is { } told)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      {told}");
            }
        }

        return text.ToString();
    }
}
