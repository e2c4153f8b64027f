using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Data;

namespace Midwatch.Diagnosis.Observations;

/// <summary>A kind of log line that tells of something wrong, from <c>log-patterns.yaml</c>.</summary>
/// <param name="Id">The key of the observation.</param>
/// <param name="Always">Whether it counts where the pods are healthy, too.</param>
/// <param name="Regex">What the line looks like; its group <c>value</c> is kept.</param>
public sealed record LogPattern(string Id, bool Always, Regex Regex)
{
    /// <summary>All of them; of several that match a line the first names it.</summary>
    public static ImmutableArray<LogPattern> Default { get; } =
    [
        .. EmbeddedYaml.LoadOne("Observations/log-patterns.yaml").Records("patterns").Select(item =>
            new LogPattern(item.Needed("id"), item.Flag("always"), DataRegex.Of(item.Needed("regex")))),
    ];
}
