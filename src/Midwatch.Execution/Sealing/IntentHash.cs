using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Midwatch.Execution.Sealing;

/// <summary>
/// A hash of what objects are meant to be: everything but <c>metadata</c>, which carries versions and ages, and
/// <c>status</c>,
/// which tells how things are. For most kinds that is <c>spec</c>; for Secrets and ConfigMaps it is their data.
/// </summary>
internal static class IntentHash
{
    /// <summary>The hash over all of them in order; empty for none.</summary>
    public static string Of(ImmutableArray<JsonElement> objects)
    {
        if (objects.IsEmpty)
        {
            return "";
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (var body in objects)
            {
                WriteFields(writer, body, name => name is not ("metadata" or "status" or "apiVersion" or "kind"));
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    // Sorted, so that the order in which a server writes its fields says nothing.
    private static void WriteFields(Utf8JsonWriter writer, JsonElement body, Predicate<string> wanted)
    {
        writer.WriteStartObject();
        var fields = body.EnumerateObject().Where(each => wanted(each.Name));
        foreach (var field in fields.OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(field.Name);
            Write(writer, field.Value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteFields(writer, value, _ => true);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
