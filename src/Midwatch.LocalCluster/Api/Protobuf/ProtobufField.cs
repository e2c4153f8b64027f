namespace Midwatch.LocalCluster.Api.Protobuf;

/// <summary>A field of a message: its JSON name and what it holds.</summary>
/// <param name="Type">
/// "" for text, "int", "bool", "map", "map-bytes", "Time", "IntOrString" or a message of messages.yaml.
/// </param>
internal sealed record ProtobufField(string Name, string Type, bool IsList)
{
    public bool IsMap => Type is "map" or "map-bytes";

    /// <summary>Parses "ports ContainerPort[]", "replicas int" or "name".</summary>
    public static ProtobufField Parse(string text)
    {
        var (name, type) = text.Split(' ') is [var left, var right] ? (left, right) : (text, "");
        return type.EndsWith("[]", StringComparison.Ordinal)
            ? new ProtobufField(name, type[..^2], true)
            : new ProtobufField(name, type, false);
    }
}
