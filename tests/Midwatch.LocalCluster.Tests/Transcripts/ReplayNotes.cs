using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>
/// What replay.yaml says: what the recording's driver did between the steps, texts that no client depends on, and the
/// steps that are known to differ, each with its reason.
/// </summary>
internal sealed record ReplayNotes(
    ImmutableArray<(Regex Pattern, string Text)> Normalise,
    FrozenDictionary<string, StepNotes> Steps,
    FrozenDictionary<string, string> Differences,
    double ShareReached)
{
    public static ReplayNotes Read(string path)
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(path))
        {
            yaml.Load(reader);
        }

        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return new ReplayNotes(
            [.. Items(root, "normalise").Select(one => (new Regex(Text(one, "pattern"),
                RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2)), Text(one, "as")))],
            Items(root, "steps").ToFrozenDictionary(one => Text(one, "step"), Step),
            Items(root, "differences")
                .SelectMany(one => Text(one, "steps").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(step => (step, Reason: Text(one, "reason"))))
                .ToFrozenDictionary(one => one.step, one => one.Reason),
            double.Parse(Text(root, "reached"), System.Globalization.CultureInfo.InvariantCulture));
    }

    public string Apply(string text) => Normalise.Aggregate(text, (now, rule) => rule.Pattern.Replace(now, rule.Text));

    private static StepNotes Step(YamlMappingNode one) => new(
        one.Children.TryGetValue("set", out var set)
            ? ((YamlMappingNode)set).ToImmutableDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString())
            : ImmutableDictionary<string, string>.Empty,
        Commands(one, "before"),
        Commands(one, "meanwhile"));

    private static ImmutableArray<string> Commands(YamlMappingNode one, string field) =>
        one.Children.TryGetValue(field, out var list)
            ? [.. ((YamlSequenceNode)list).Select(command => command.ToString())] : [];

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode root, string name) =>
        root.Children.TryGetValue(name, out var list) && list is YamlSequenceNode items
            ? items.OfType<YamlMappingNode>() : [];

    private static string Text(YamlMappingNode one, string field) =>
        one.Children.TryGetValue(field, out var value) ? value.ToString() : "";
}

/// <summary>What a step needs besides its command.</summary>
/// <param name="Set">What a token of its command stands for; "!rv", "!continue" take it from the last answer.</param>
/// <param name="Before">kubectl commands to run first.</param>
/// <param name="Meanwhile">kubectl commands to run while it runs.</param>
internal sealed record StepNotes(
    ImmutableDictionary<string, string> Set, ImmutableArray<string> Before, ImmutableArray<string> Meanwhile)
{
    public static readonly StepNotes None = new(ImmutableDictionary<string, string>.Empty, [], []);
}
