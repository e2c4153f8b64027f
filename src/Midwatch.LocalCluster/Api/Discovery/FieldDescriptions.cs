using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Schema;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>What kubectl explain says of types and fields, from descriptions.yaml.</summary>
internal sealed class FieldDescriptions
{
    private const string Itself = ".";
    private const string Everywhere = "*";

    private readonly ImmutableDictionary<(string Type, string Field), string> _texts;

    /// <exception cref="FormatException">An entry speaks of what is not there, or says nothing.</exception>
    public FieldDescriptions(YamlNode root, SchemaCatalog types) =>
        _texts = Entries(root).ToImmutableDictionary(
            entry => (entry.Type, entry.Field),
            entry => Problem(entry, types) is { } problem ? throw new FormatException(problem) : entry.Text);

    public static FieldDescriptions Embedded { get; } =
        new(EmbeddedYaml.Read("Api.Discovery.descriptions.yaml"), SchemaCatalog.Embedded);

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Count;

    /// <summary>Writes the type's own text and those of its fields into its schema.</summary>
    public void WriteTo(JsonObject schema, string type, bool isKind)
    {
        if (_texts.TryGetValue((type, Itself), out var own))
        {
            schema["description"] = own;
        }

        foreach (var (name, property) in (JsonObject)schema["properties"]!)
        {
            if ((_texts.GetValueOrDefault((type, name))
                ?? (isKind ? _texts.GetValueOrDefault((Everywhere, name)) : null)) is { } text)
            {
                property!["description"] = text;
            }
        }
    }

    private static IEnumerable<(string Type, string Field, string Text)> Entries(YamlNode root) =>
        ((YamlMappingNode)root).Children.SelectMany(type => ((YamlMappingNode)type.Value).Children.Select(field =>
            (type.Key.ToString(), field.Key.ToString(), (field.Value as YamlScalarNode)?.Value ?? "")));

    private static string? Problem((string Type, string Field, string Text) entry, SchemaCatalog types) =>
        string.IsNullOrWhiteSpace(entry.Text) ? $"{entry.Type}.{entry.Field} says nothing"
            : entry.Type == Everywhere ? null
            : types.Find(entry.Type) is not { } type ? $"there is no type {entry.Type}"
            : entry.Field != Itself && !type.Fields.ContainsKey(entry.Field)
                ? $"type {entry.Type} has no field {entry.Field}"
            : null;
}
