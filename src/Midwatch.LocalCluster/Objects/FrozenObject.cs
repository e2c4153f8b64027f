using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>Makes the version of an object that everybody may read and nobody may change.</summary>
internal static class FrozenObject
{
    // The API's text is JSON for programs: kubectl shows a "<" as it is.
    public static readonly JsonWriterOptions Options =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the revision into the object and freezes it; no part of the caller's tree is shared.</summary>
    public static StoredObject At(long revision, ObjectKey key, JsonObject body) =>
        UnversionedText.Of(body).At(revision, key);

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
