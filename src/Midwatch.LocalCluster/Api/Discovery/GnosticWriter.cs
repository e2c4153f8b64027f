using System.Text;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>
/// Writes an OpenAPI v2 document as the message openapi.v2.Document of gnostic: the one form that kubectl asks for.
/// </summary>
internal static class GnosticWriter
{
    public static byte[] Write(JsonObject document)
    {
        using var all = new MemoryStream();
        Text(all, 1, document["swagger"]!.ToString());
        Message(all, 2, info =>
        {
            Text(info, 1, document["info"]!["title"]!.ToString());
            Text(info, 2, document["info"]!["version"]!.ToString());
        });
        Message(all, 8, _ => { });
        Message(all, 9, definitions => Schemas(definitions, (JsonObject)document["definitions"]!));
        return all.ToArray();
    }

    // Definitions and Properties alike: named schemas, one by one.
    private static void Schemas(Stream to, JsonObject schemas)
    {
        foreach (var (name, schema) in schemas)
        {
            Message(to, 1, named =>
            {
                Text(named, 1, name);
                Message(named, 2, one => Schema(one, (JsonObject)schema!));
            });
        }
    }

    private static void Schema(Stream to, JsonObject schema)
    {
        Optional(to, 1, schema["$ref"]);
        Optional(to, 2, schema["format"]);
        Optional(to, 4, schema["description"]);
        foreach (var name in schema["required"] as JsonArray ?? [])
        {
            Text(to, 19, name!.ToString());
        }

        foreach (var value in schema["enum"] as JsonArray ?? [])
        {
            Message(to, 20, any => Text(any, 2, value?.ToJsonString() ?? "null"));
        }

        if (schema["additionalProperties"] is JsonObject others)
        {
            Message(to, 21, item => Message(item, 1, one => Schema(one, others)));
        }

        if (schema["type"] is { } type)
        {
            Message(to, 22, item => Text(item, 1, type.ToString()));
        }

        if (schema["items"] is JsonObject items)
        {
            Message(to, 23, item => Message(item, 1, one => Schema(one, items)));
        }

        if (schema["properties"] is JsonObject properties)
        {
            Message(to, 25, fields => Schemas(fields, properties));
        }

        // JSON is YAML too.
        foreach (var (name, value) in schema.Where(one => one.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            Message(to, 31, named =>
            {
                Text(named, 1, name);
                Message(named, 2, any => Text(any, 2, value?.ToJsonString() ?? "null"));
            });
        }
    }

    private static void Optional(Stream to, int number, JsonNode? value)
    {
        if (value is not null)
        {
            Text(to, number, value.ToString());
        }
    }

    private static void Text(Stream to, int number, string text) => Bytes(to, number, Encoding.UTF8.GetBytes(text));

    private static void Message(Stream to, int number, Action<Stream> write)
    {
        using var inner = new MemoryStream();
        write(inner);
        Bytes(to, number, inner.ToArray());
    }

    private static void Bytes(Stream to, int number, byte[] bytes)
    {
        Varint(to, ((ulong)number << 3) | 2);
        Varint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Varint(Stream to, ulong value)
    {
        while (value >= 0x80)
        {
            to.WriteByte((byte)((value & 0x7f) | 0x80));
            value >>= 7;
        }

        to.WriteByte((byte)value);
    }
}
