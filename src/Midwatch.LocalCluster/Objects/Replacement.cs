using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// What a new body makes of an object as it is now. Found out without the store's lock: writing and comparing texts
/// takes longer than all else that a write does.
/// </summary>
/// <param name="IsRemoval">The last finalizer is gone, and so the object goes.</param>
/// <param name="Text">The new text; null when nothing changes, or when the object goes.</param>
internal readonly record struct Replacement(bool IsRemoval, UnversionedText? Text)
{
    /// <param name="body">Becomes the store's: the caller does not use it any more.</param>
    public static Replacement Of(StoredObject current, JsonObject body)
    {
        Generation.Carry(current, body);
        ObjectMetadata.Of(body)["resourceVersion"] = current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (Deletion.IsDue(current.Key, body))
        {
            return new Replacement(IsRemoval: true, Text: null);
        }

        // Writing what is already there is no event: otherwise controllers that write their status would wake each
        // other for ever. The same text is the usual case; another order of fields is no change either.
        var text = UnversionedText.Of(body);
        return text.Is(current.Utf8.Span) || JsonNode.DeepEquals(current.Body, body)
            ? default
            : new Replacement(IsRemoval: false, text);
    }
}
