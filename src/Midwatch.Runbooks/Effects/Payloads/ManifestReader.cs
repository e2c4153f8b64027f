using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Targets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>
/// Judges commands that bring in objects from files: what stands in the document, or was made by a command of the same
/// pipeline, is a change; any other file may hold anything.
/// </summary>
internal static class ManifestReader
{
    /// <summary>Adds what the files mean.</summary>
    public static void Read(ParsedCall call, Judgement judgement)
    {
        var files = call.Options.Where(option => option.Name is "-f" or "--filename" or "-k" or "--kustomize").ToList();
        if (files.Count == 0)
        {
            return;
        }

        if (call.ValueOf("--dry-run") is { Known: true, Text: "client" or "server" })
        {
            return;
        }

        if (files.Any(file => file.Name is "-k" or "--kustomize" || file.Value is not { Known: true, Text: "-" }))
        {
            judgement.Add(Effect.Unknown, Marks.None, "What the file holds cannot be told from the document.");
            return;
        }

        switch (judgement.Place.Input)
        {
            case CallInput.Made made:
                judgement.Target = made.Target ?? judgement.Target;
                judgement.Action = made.Action ?? judgement.Action;
                break;
            case CallInput.Document document:
                judgement.Target = Target(document.Word.Text) ?? judgement.Target;
                if (judgement.Target is null)
                {
                    judgement.Add(Effect.Unknown, Marks.None, "The manifest in the document could not be read.");
                }

                break;
            default:
                judgement.Add(Effect.Unknown, Marks.None, "What it is fed cannot be told from the document.");
                break;
        }
    }

    /// <summary>The first object of a manifest; null when it is none.</summary>
    private static TargetReference? Target(string manifest)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(manifest));
            return yaml.Documents.Select(document => Target(document.RootNode))
                .FirstOrDefault(target => target is not null);
        }
        catch (YamlException)
        {
            // A manifest with a hole in it need not be YAML yet; what it is will be told when it is filled.
            return null;
        }
    }

    private static TargetReference? Target(YamlNode root)
    {
        if (root is not YamlMappingNode map || Text(map, "kind") is not { } kind)
        {
            return null;
        }

        var metadata = Child(map, "metadata") as YamlMappingNode;
        return new TargetReference(
            new ObjectKinds().Normalise(kind),
            metadata is null ? null : Text(metadata, "name"),
            metadata is null ? null : Text(metadata, "namespace"),
            null);
    }

    private static string? Text(YamlMappingNode map, string key) => (Child(map, key) as YamlScalarNode)?.Value;

    private static YamlNode? Child(YamlMappingNode map, string key) =>
        map.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Value;
}
