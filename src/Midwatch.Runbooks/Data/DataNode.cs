using System.Collections.Immutable;
using System.Runtime.InteropServices;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Data;

/// <summary>
/// A node of a data file. The project's own files are compiled in, in the form that <c>eng/data/CompileData.cs</c>
/// writes; a user's are read as YAML.
/// </summary>
internal sealed class DataNode
{
    private DataNode(int line) => Line = line;

    /// <summary>The line in the YAML file, from 1.</summary>
    public int Line { get; }

    /// <summary>The text; null when it is a list or a mapping.</summary>
    public string? Text { get; private init; }

    /// <summary>The keys of a mapping, in order; default when it is none.</summary>
    public ImmutableArray<string> Keys { get; private init; }

    /// <summary>The nodes of a list, or of a mapping in the order of its keys; default for a text.</summary>
    public ImmutableArray<DataNode> Children { get; private init; }

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Keys.IsDefault && !Children.IsDefault;

    /// <summary>Reads the compiled form.</summary>
    public static DataNode Read(BinaryReader reader)
    {
        var form = reader.ReadByte();
        var line = reader.Read7BitEncodedInt();
        if (form == 't')
        {
            return new DataNode(line) { Text = reader.ReadString() };
        }

        var count = reader.Read7BitEncodedInt();
        var keys = new string[form == 'm' ? count : 0];
        var children = new DataNode[count];
        for (var i = 0; i < count; i++)
        {
            if (form == 'm')
            {
                keys[i] = reader.ReadString();
            }

            children[i] = Read(reader);
        }

        return new DataNode(line)
        {
            Keys = form == 'm' ? ImmutableCollectionsMarshal.AsImmutableArray(keys) : default,
            Children = ImmutableCollectionsMarshal.AsImmutableArray(children),
        };
    }

    /// <summary>The same of YAML.</summary>
    /// <exception cref="InvalidDataException">A key is no text.</exception>
    public static DataNode Of(YamlNode node)
    {
        var line = (int)node.Start.Line;
        return node switch
        {
            YamlMappingNode map => new DataNode(line)
            {
                Keys = [.. map.Children.Keys.Select(key => key is YamlScalarNode { Value: { } name }
                    ? name
                    : throw new InvalidDataException($"line {key.Start.Line} is no text."))],
                Children = [.. map.Children.Values.Select(Of)],
            },
            YamlSequenceNode list => new DataNode(line) { Children = [.. list.Children.Select(Of)] },
            YamlScalarNode { Value: { } text } => new DataNode(line) { Text = text },
            _ => new DataNode(line) { Text = "" },
        };
    }
}
