using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Cli.Demo;

/// <summary>
/// How fast the demo's clocks of the monitoring run. Only waiting is shortened: no expression is touched.
/// </summary>
/// <param name="Divisor">What every rule's <c>for:</c> and <c>keep_firing_for:</c> is divided by; at least 1.</param>
/// <param name="Interval">How often targets are scraped and rules evaluated; null keeps what the files say.</param>
internal sealed record RuleTempo(int Divisor, TimeSpan? Interval)
{
    internal static RuleTempo RealTime { get; } = new(1, null);

    internal static RuleTempo Fast { get; } = new(30, TimeSpan.FromSeconds(1));

    /// <summary>
    /// Rewrites the durations of a Prometheus rule file in place: everything else stays to the letter.
    /// </summary>
    /// <returns>The new text, or why the file is no rule file, with its line.</returns>
    internal (string? Text, string? Error) Apply(string ruleFile)
    {
        if (this == RealTime)
        {
            return (ruleFile, null);
        }

        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(ruleFile);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            return (null, $"line {exception.Start.Line}: {exception.Message}");
        }

        var edits = new SortedDictionary<int, (int Length, string Text)>();
        foreach (var document in stream.Documents)
        {
            if (Collect(document.RootNode, edits) is { } error)
            {
                return (null, error);
            }
        }

        var text = new StringBuilder(ruleFile);
        foreach (var (start, edit) in edits.Reverse())
        {
            text.Remove(start, edit.Length).Insert(start, edit.Text);
        }

        return (text.ToString(), null);
    }

    private string? Collect(YamlNode node, SortedDictionary<int, (int Length, string Text)> edits)
    {
        if (node is YamlSequenceNode sequence)
        {
            return sequence.Children.Select(child => Collect(child, edits)).FirstOrDefault(error => error is not null);
        }

        if (node is not YamlMappingNode mapping)
        {
            return null;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var error = (key, value) switch
            {
                (YamlScalarNode { Value: "for" or "keep_firing_for" }, YamlScalarNode scalar) => Divide(scalar, edits),
                (YamlScalarNode { Value: "interval" }, YamlScalarNode scalar) when Interval is { } interval =>
                    Replace(scalar, interval, edits),
                _ => Collect(value, edits),
            };
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private string? Divide(YamlScalarNode scalar, SortedDictionary<int, (int Length, string Text)> edits) =>
        PrometheusDuration.TryParse(scalar.Value ?? string.Empty, out var duration)
            ? Replace(scalar, duration / Divisor, edits)
            : $"line {scalar.Start.Line}: '{scalar.Value}' is no duration such as 2m or 1h30m.";

    private static string? Replace(
        YamlScalarNode scalar, TimeSpan duration, SortedDictionary<int, (int Length, string Text)> edits)
    {
        var start = (int)scalar.Start.Index;
        edits[start] = ((int)(scalar.End.Index - scalar.Start.Index), PrometheusDuration.Print(duration));
        return null;
    }
}
