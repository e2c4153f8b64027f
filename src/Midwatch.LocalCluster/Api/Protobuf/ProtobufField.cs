namespace Midwatch.LocalCluster.Api.Protobuf;

/// <summary>A field of a message: its JSON name and what it holds.</summary>
/// <param name="Type">
/// "" for text, "int", "bool", "bytes", "map", "map-bytes", "map-quantity", "RawJson", "Time", "IntOrString",
/// "Quantity" or a message of messages.yaml; see there for the marks.
/// </param>
internal sealed record ProtobufField(string Name, string Type, bool IsList)
{
    public bool IsMap => Type is "map" or "map-bytes" or "map-quantity";

    public bool IsFlag => Type is "bool" or "bool?";

    /// <summary>True when 0 and false mean something.</summary>
    public bool IsPointer => Type.EndsWith('?');

    /// <summary>The message whose fields are its owner's own; null for a field like any other.</summary>
    public string? Inlined => Type.StartsWith("inline:", StringComparison.Ordinal) ? Type["inline:".Length..] : null;

    /// <summary>Parses "ports ContainerPort[]", "replicas int" or "name".</summary>
    public static ProtobufField Parse(string text)
    {
        var (name, type) = text.Split(' ') is [var left, var right] ? (left, right) : (text, "");
        return type.EndsWith("[]", StringComparison.Ordinal)
            ? new ProtobufField(name, type[..^2], true)
            : new ProtobufField(name, type, false);
    }
}
