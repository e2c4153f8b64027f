using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Api.Protobuf;

/// <summary>Reads objects in application/vnd.kubernetes.protobuf as the JSON that they stand for.</summary>
internal sealed class ProtobufDecoder
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    /// <summary>The messages that come with Midwatch.</summary>
    public static readonly ProtobufDecoder Embedded = new();

    private readonly Dictionary<string, Dictionary<int, ProtobufField>> _messages = [];

    private ProtobufDecoder()
    {
        foreach (var (name, fields) in ((YamlMappingNode)EmbeddedYaml.Read("Api.Protobuf.messages.yaml")).Children)
        {
            _messages[Scalar(name)] = ((YamlMappingNode)fields).Children.ToDictionary(
                field => int.Parse(Scalar(field.Key), System.Globalization.CultureInfo.InvariantCulture),
                field => ProtobufField.Parse(Scalar(field.Value)));
        }
    }

    /// <summary>Null when the bytes are not an object of a message that messages.yaml describes completely.</summary>
    public JsonObject? Decode(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("k8s\0"u8))
        {
            return null;
        }

        try
        {
            return DecodeEnvelope(body[4..]);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // runtime.Unknown: 1 is the type (1 apiVersion, 2 kind), 2 the object.
    private JsonObject? DecodeEnvelope(ReadOnlySpan<byte> envelope)
    {
        string version = "", kind = "";
        ReadOnlySpan<byte> raw = default;
        var cursor = new ProtobufCursor(envelope);
        while (!cursor.IsAtEnd)
        {
            switch (cursor.ReadTag().Number)
            {
                case 1:
                    var type = new ProtobufCursor(cursor.ReadBytes());
                    while (!type.IsAtEnd)
                    {
                        var number = type.ReadTag().Number;
                        var text = Encoding.UTF8.GetString(type.ReadBytes());
                        (version, kind) = number == 1 ? (text, kind) : (version, text);
                    }

                    break;
                case 2:
                    raw = cursor.ReadBytes();
                    break;
                default:
                    _ = cursor.ReadBytes();
                    break;
            }
        }

        var message = _messages.ContainsKey($"{kind}@{version}") ? $"{kind}@{version}" : kind;
        if (!_messages.ContainsKey(message))
        {
            return null;
        }

        var decoded = Message(raw, message);
        decoded["apiVersion"] = version;
        decoded["kind"] = kind;
        return decoded;
    }

    private JsonObject Message(ReadOnlySpan<byte> bytes, string name)
    {
        var fields = _messages[name];
        var result = new JsonObject();
        var cursor = new ProtobufCursor(bytes);
        while (!cursor.IsAtEnd)
        {
            var (number, wireType) = cursor.ReadTag();
            if (!fields.TryGetValue(number, out var field) || wireType is not (0 or 2))
            {
                throw new InvalidDataException($"{name} has no field {number}.");
            }

            if (wireType == 0)
            {
                var value = cursor.ReadVarint();
                if (field.IsList)
                {
                    result[field.Name] ??= new JsonArray();
                    ((JsonArray)result[field.Name]!).Add(unchecked((long)value));
                }
                else if (value != 0 || field.IsPointer)
                {
                    result[field.Name] = field.IsFlag ? value != 0 : unchecked((long)value);
                }
            }
            else
            {
                Add(result, field, cursor.ReadBytes());
            }
        }

        return result;
    }

    private void Add(JsonObject result, ProtobufField field, ReadOnlySpan<byte> bytes)
    {
        if (field.IsMap)
        {
            result[field.Name] ??= new JsonObject();
            AddEntry((JsonObject)result[field.Name]!, bytes, field.Type);
            return;
        }

        if (field.Inlined is { } inlined)
        {
            foreach (var (name, part) in Message(bytes, inlined))
            {
                result[name] = part?.DeepClone();
            }

            return;
        }

        JsonNode? value = field.Type switch
        {
            "" => JsonValue.Create(Encoding.UTF8.GetString(bytes)),
            "Time" => Time(bytes),
            "IntOrString" => IntOrString(bytes),
            "Quantity" => Quantity(bytes),
            "bytes" => JsonValue.Create(Convert.ToBase64String(bytes)),
            "RawJson" => RawJson(bytes),
            _ => Message(bytes, field.Type),
        };
        if (field.IsList)
        {
            result[field.Name] ??= new JsonArray();
            ((JsonArray)result[field.Name]!).Add(value);
        }
        else if (value is not null && !(field.Type.Length == 0 && bytes.IsEmpty))
        {
            // Go writes empty strings out; to JSON they are absent.
            result[field.Name] = value;
        }
    }

    // FieldsV1: 1 is a text of JSON.
    private static JsonNode? RawJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var cursor = new ProtobufCursor(bytes);
            return cursor.IsAtEnd || cursor.ReadTag().Number != 1 ? null : JsonNode.Parse(cursor.ReadBytes());
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("The owned fields are no JSON.", error);
        }
    }

    // Quantity: 1 is its text.
    private static JsonValue Quantity(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ProtobufCursor(bytes);
        var text = "";
        while (!cursor.IsAtEnd)
        {
            _ = cursor.ReadTag();
            text = Encoding.UTF8.GetString(cursor.ReadBytes());
        }

        return JsonValue.Create(text);
    }

    private static void AddEntry(JsonObject map, ReadOnlySpan<byte> bytes, string type)
    {
        var key = "";
        var value = "";
        var cursor = new ProtobufCursor(bytes);
        while (!cursor.IsAtEnd)
        {
            var number = cursor.ReadTag().Number;
            var content = cursor.ReadBytes();
            if (number == 1)
            {
                key = Encoding.UTF8.GetString(content);
            }
            else
            {
                value = type switch
                {
                    "map-bytes" => Convert.ToBase64String(content),
                    "map-quantity" => Quantity(content).GetValue<string>(),
                    _ => Encoding.UTF8.GetString(content),
                };
            }
        }

        map[key] = value;
    }

    // The zero time is written as an empty message.
    private static JsonValue? Time(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ProtobufCursor(bytes);
        while (!cursor.IsAtEnd)
        {
            var number = cursor.ReadTag().Number;
            var value = unchecked((long)cursor.ReadVarint());
            if (number == 1 && value > 0)
            {
                return JsonValue.Create(KubernetesTime.Format(DateTimeOffset.FromUnixTimeSeconds(value)));
            }
        }

        return null;
    }

    private static JsonValue? IntOrString(ReadOnlySpan<byte> bytes)
    {
        var isText = false;
        long number = 0;
        var text = "";
        var cursor = new ProtobufCursor(bytes);
        while (!cursor.IsAtEnd)
        {
            switch (cursor.ReadTag().Number)
            {
                case 1:
                    isText = cursor.ReadVarint() == 1;
                    break;
                case 2:
                    number = unchecked((long)cursor.ReadVarint());
                    break;
                default:
                    text = Encoding.UTF8.GetString(cursor.ReadBytes());
                    break;
            }
        }

        return isText ? JsonValue.Create(text) : JsonValue.Create(number);
    }

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
