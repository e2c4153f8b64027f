using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Judges a patch by the fields that it touches. Data: <c>patches.yaml</c>.</summary>
internal sealed class PatchReader
{
    private readonly ImmutableArray<FieldRule> _rules;

    public PatchReader() => _rules =
    [
        .. DataFile.Read("Effects/Data/patches.yaml").Maps("fields").Select(map => new FieldRule(
            DataPattern.Exact(map.Required("path")),
            map.Texts("kind"),
            RaiseReader.Read(map)! with { Why = map.Required("why") })),
    ];

    private sealed record FieldRule(DataPattern Path, ImmutableArray<string> Kinds, Raise Raise);

    /// <summary>Adds what the patch does.</summary>
    public void Read(CallWord patch, Judgement judgement)
    {
        ImmutableArray<string> fields;
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(patch.Text));
            fields = yaml.Documents.Count == 0 ? [] : [.. Fields(yaml.Documents[0].RootNode, "")];
        }
        catch (YamlException)
        {
            fields = [];
        }

        if (fields.IsEmpty)
        {
            judgement.Add(
                patch.Known ? Effect.Unknown : Effect.Change, Marks.None,
                "Which fields the patch touches cannot be told.");
        }

        foreach (var rule in _rules.Where(
            rule => rule.Kinds.IsEmpty || rule.Kinds.Contains(judgement.Target?.Kind ?? "")))
        {
            if (fields.Any(rule.Path.IsMatch))
            {
                judgement.Add(rule.Raise);
            }
        }
    }

    /// <summary>The leaves as <c>path=value</c>; an operation of a JSON patch as <c>remove /path=value</c>.</summary>
    private static IEnumerable<string> Fields(YamlNode node, string path) => node switch
    {
        YamlMappingNode map when Operation(map) is { } operation => [operation],
        YamlMappingNode map => map.Children.SelectMany(pair =>
            Fields(pair.Value, path.Length == 0 ? $"{pair.Key}" : $"{path}.{pair.Key}")),
        YamlSequenceNode { Children.Count: 0 } => [$"{path}=[]"],
        YamlSequenceNode list => list.Children.SelectMany(child => Fields(child, path.Length == 0 ? "" : $"{path}[]")),
        YamlScalarNode scalar => [$"{path}={scalar.Value}"],
        _ => [],
    };

    private static string? Operation(YamlMappingNode map)
    {
        string? Text(string key) => map.Children
            .Where(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key)
            .Select(pair => pair.Value.ToString())
            .FirstOrDefault();
        return Text("op") is { } operation && Text("path") is { } path
            ? $"{operation} {path}={Text("value")}"
            : null;
    }
}
