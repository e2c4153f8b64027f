using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects.Kinds;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>All types of the API, read from the embedded types.yaml.</summary>
internal sealed class SchemaCatalog
{
    /// <summary>The types that come with Midwatch.</summary>
    public static readonly SchemaCatalog Embedded = new(EmbeddedYaml.Read("Objects.Schema.types.yaml"));

    private readonly Dictionary<string, TypeSchema> _types = [];

    private SchemaCatalog(YamlNode root)
    {
        foreach (var (package, types) in ((YamlMappingNode)root).Children)
        {
            foreach (var (name, fields) in ((YamlMappingNode)types).Children)
            {
                var type = ReadType(Scalar(name), Scalar(package), (YamlMappingNode)fields);
                _types[type.Name] = type;
            }
        }
    }

    public IEnumerable<TypeSchema> All => _types.Values;

    /// <summary>The type of this name, or null for scalars and for what is not described.</summary>
    public TypeSchema? Find(string name) => _types.GetValueOrDefault(name);

    private static TypeSchema ReadType(string name, string package, YamlMappingNode fields) => new(
        name,
        package,
        fields.Children
            .Select(field => FieldSchema.Parse(Scalar(field.Key), Scalar(field.Value)))
            .ToImmutableDictionary(field => field.Name));

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
