namespace Midwatch.LocalCluster.Objects.Packing;

/// <summary>A text as what it does not share with a pattern, or with its own beginning.</summary>
/// <remarks>
/// Runs of two: bytes as they are, then a copy. Numbers take seven bits a byte, the lowest first. Each run is: how many
/// bytes stand as they are; these; unless the text ends here, the length of the copy, doubled, and one more when it
/// goes on where the last one ended, as far on as the bytes in between; otherwise where it is from. Places up to
/// <see cref="TextPattern.Capacity"/> are in the pattern, those above are in the text itself.
/// </remarks>
internal sealed class PackedText(TextPattern pattern, byte[] runs, int length)
{
    /// <summary>What it was packed by.</summary>
    public TextPattern Pattern => pattern;

    /// <summary>Bytes of the text.</summary>
    public int Length { get; } = length;

    /// <summary>Bytes that it takes here.</summary>
    public int Size => runs.Length;

    /// <summary>Writes the text out.</summary>
    /// <param name="text">As long as <see cref="Length"/>.</param>
    public void CopyTo(Span<byte> text)
    {
        var known = pattern.Bytes;
        ReadOnlySpan<byte> left = runs;
        var (at, next) = (0, 0);
        while (true)
        {
            var plain = Number(ref left);
            left[..plain].CopyTo(text[at..]);
            left = left[plain..];
            at += plain;
            if (at == Length)
            {
                return;
            }

            var word = Number(ref left);
            var (count, from) = (word >> 1, (word & 1) == 1 ? next + plain : Number(ref left));
            if (from < TextPattern.Capacity)
            {
                known.Slice(from, count).CopyTo(text[at..]);
            }
            else
            {
                text.Slice(from - TextPattern.Capacity, count).CopyTo(text[at..]);
            }

            at += count;
            next = from + count;
        }
    }

    public byte[] ToArray()
    {
        var text = GC.AllocateUninitializedArray<byte>(Length);
        CopyTo(text);
        return text;
    }

    private static int Number(ref ReadOnlySpan<byte> left)
    {
        var (number, shift, read) = (0, 0, 0);
        while (true)
        {
            var one = left[read++];
            number |= (one & 0x7F) << shift;
            if (one < 0x80)
            {
                left = left[read..];
                return number;
            }

            shift += 7;
        }
    }
}
