using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>
/// The order of scenarios: score; then deeper in the graph, milder effect, document order, ordinal id.
/// </summary>
internal static class StandingOrder
{
    public static ImmutableArray<Standing> Sort(IEnumerable<Standing> standings) =>
    [
        .. standings.OrderBy(one => one.IsStruckOut)
            .ThenByDescending(one => one.Lo)
            .ThenByDescending(one => one.Hi)
            .ThenByDescending(one => one.Best?.Cause.Ranked.Depth ?? 0)
            .ThenByDescending(one => one.Best?.Cause.Ranked.Severity ?? 0)
            .ThenBy(one => one.Best?.WorstEffect ?? Effect.Read)
            .ThenBy(one => one.Scenario.Line)
            .ThenBy(one => one.Scenario.Id, StringComparer.Ordinal),
    ];
}
