using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>Makes the version of an object that everybody may read and nobody may change.</summary>
internal static class FrozenObject
{
    // The API's text is JSON for programs: kubectl shows a "<" as it is.
    private static readonly JsonWriterOptions Options =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the revision into the object and freezes it.</summary>
    /// <remarks>
    /// The object is read back from its own text: then every number answers to every numeric type, whoever set it,
    /// and no part of the caller's tree is shared.
    /// </remarks>
    public static StoredObject At(long revision, ObjectKey key, JsonObject body)
    {
        ObjectMetadata.Of(body)["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        var text = Write(body);
        return new StoredObject(key, revision, (JsonObject)JsonNode.Parse(text)!, text);
    }

    public static byte[] Write(JsonNode body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            body.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
