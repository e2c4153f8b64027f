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

    /// <summary>Writes the revision into the object and freezes it; no part of the caller's tree is shared.</summary>
    public static StoredObject At(long revision, ObjectKey key, JsonObject body)
    {
        ObjectMetadata.Of(body)["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        return new StoredObject(key, revision, Write(body));
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
