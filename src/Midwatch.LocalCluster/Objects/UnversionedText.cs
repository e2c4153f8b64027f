using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// An object's text but for its version, which the store gives at the moment of the write: the text is made before,
/// without the store's lock.
/// </summary>
internal sealed class UnversionedText
{
    private const string Metadata = "metadata";
    private const string Version = "resourceVersion";

    private readonly byte[] _text;
    private readonly int _gap;

    private UnversionedText(byte[] text, int gap) => (_text, _gap) = (text, gap);

    /// <summary>Writes the object; whatever version it tells of is left out.</summary>
    public static UnversionedText Of(JsonObject body)
    {
        ObjectMetadata.Of(body)[Version] ??= "";
        var buffer = new ArrayBufferWriter<byte>(2048);
        var gap = 0;
        using (var writer = new Utf8JsonWriter(buffer, FrozenObject.Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in body)
            {
                writer.WritePropertyName(name);
                if (name == Metadata)
                {
                    gap = WriteMetadata(writer, value!.AsObject());
                }
                else
                {
                    Write(writer, value);
                }
            }

            writer.WriteEndObject();
        }

        return new UnversionedText(buffer.WrittenSpan.ToArray(), gap);
    }

    /// <summary>The object at a revision, for everybody to read.</summary>
    public StoredObject At(long revision, ObjectKey key)
    {
        Span<byte> digits = stackalloc byte[20];
        var length = Encoding.UTF8.GetBytes(revision.ToString(CultureInfo.InvariantCulture), digits);
        var whole = GC.AllocateUninitializedArray<byte>(_text.Length + length);
        _text.AsSpan(0, _gap).CopyTo(whole);
        digits[..length].CopyTo(whole.AsSpan(_gap));
        _text.AsSpan(_gap).CopyTo(whole.AsSpan(_gap + length));
        return new StoredObject(key, revision, whole);
    }

    /// <summary>True when a text says the same in the same order, versions aside.</summary>
    public bool Is(ReadOnlySpan<byte> text)
    {
        var length = text.Length - _text.Length;
        return length > 0 && text.StartsWith(_text.AsSpan(0, _gap)) && text.EndsWith(_text.AsSpan(_gap))
            && !text.Slice(_gap, length).ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    // Where the version goes, between its quotes.
    private static int WriteMetadata(Utf8JsonWriter writer, JsonObject metadata)
    {
        var gap = 0;
        writer.WriteStartObject();
        foreach (var (name, value) in metadata)
        {
            writer.WritePropertyName(name);
            if (name == Version)
            {
                writer.WriteStringValue("");
                gap = (int)(writer.BytesCommitted + writer.BytesPending) - 1;
            }
            else
            {
                Write(writer, value);
            }
        }

        writer.WriteEndObject();
        return gap;
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
