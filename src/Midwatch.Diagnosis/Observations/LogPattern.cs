using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Data;

namespace Midwatch.Diagnosis.Observations;

/// <summary>A kind of log line that tells of something wrong, from <c>log-patterns.yaml</c>.</summary>
/// <param name="Id">The key of the observation.</param>
/// <param name="Always">Whether it counts where the pods are healthy, too.</param>
/// <param name="Regex">What the line looks like; its group <c>value</c> is kept.</param>
/// <param name="Except">What looks like it and tells nothing; null for nothing.</param>
public sealed record LogPattern(string Id, bool Always, Regex Regex, Regex? Except)
{
    private const string File = "Observations/log-patterns.yaml";

    private static readonly Regex Frames = DataRegex.Of(EmbeddedYaml.LoadOne(File).Needed("frames"));

    /// <summary>All of them; of several that match a line the first names it.</summary>
    public static ImmutableArray<LogPattern> Default { get; } =
    [
        .. EmbeddedYaml.LoadOne(File).Records("patterns").Select(item => new LogPattern(
            item.Needed("id"),
            item.Flag("always"),
            DataRegex.Of(item.Needed("regex")),
            item.Text("except") is { Length: > 0 } except ? DataRegex.Of(except) : null)),
    ];

    /// <summary>The pattern that names a line of a log; null when the line tells of nothing wrong.</summary>
    /// <returns>The pattern, and the part of the line that it keeps: empty for none.</returns>
    public static (LogPattern Pattern, string Value)? Name(string line)
    {
        if (Frames.IsMatch(line))
        {
            return null;
        }

        foreach (var pattern in Default)
        {
            if (pattern.Regex.Match(line) is { Success: true } match && pattern.Except?.IsMatch(line) != true)
            {
                return (pattern, match.Groups["value"].Value);
            }
        }

        return null;
    }
}
