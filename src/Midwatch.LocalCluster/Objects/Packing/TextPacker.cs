using System.Buffers.Binary;

namespace Midwatch.LocalCluster.Objects.Packing;

/// <summary>Packs many texts by one pattern. Not for several threads at once.</summary>
internal sealed class TextPacker
{
    // What is the same for less than this is not looked for: a copy takes three to six bytes itself.
    private const int Least = 8;
    private const int SlotBits = 14;

    // By what the next eight bytes are: where they were last. One more than the place, zero for nowhere.
    private readonly int[] _places = new int[1 << SlotBits];

    // The same within the text at hand, with the number of the text, so that nothing has to be cleared.
    private readonly (int Text, int At)[] _own = new (int, int)[1 << SlotBits];
    private readonly TextPattern _pattern;
    private readonly List<byte> _runs = [];
    private int _learned;
    private int _text;

    public TextPacker(TextPattern pattern)
    {
        _pattern = pattern;
        Learn();
    }

    /// <summary>The text by the pattern as it is now.</summary>
    public PackedText Pack(ReadOnlySpan<byte> text)
    {
        Learn();
        _text++;
        _runs.Clear();
        var (at, plainFrom, next, isFirst) = (0, 0, 0, true);
        while (at + Least <= text.Length)
        {
            var on = next + at - plainFrom;
            var (from, count) = isFirst ? (0, 0) : (on, Same(text, at, on));
            var goesOn = count >= Least;
            if (!goesOn)
            {
                (from, count) = Find(text, at);
            }

            Note(text, at);
            if (count < Least)
            {
                at++;
                continue;
            }

            Plain(text[plainFrom..at]);
            Write((count << 1) | (goesOn ? 1 : 0));
            if (!goesOn)
            {
                Write(from);
            }

            (at, next, isFirst) = (at + count, from + count, false);
            plainFrom = at;
        }

        if (plainFrom < text.Length)
        {
            Plain(text[plainFrom..]);
        }
        else
        {
            // The reader looks for the text's end behind bytes that stand as they are.
            Write(0);
        }

        return new PackedText(_pattern, [.. _runs], text.Length);
    }

    private void Plain(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        _runs.AddRange(bytes);
    }

    private void Write(int number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            _runs.Add((byte)((number & 0x7F) | 0x80));
        }

        _runs.Add((byte)number);
    }

    private void Learn()
    {
        var bytes = _pattern.Bytes;
        for (; _learned + Least <= bytes.Length; _learned++)
        {
            _places[Slot(bytes[_learned..])] = _learned + 1;
        }
    }

    private void Note(ReadOnlySpan<byte> text, int at) => _own[Slot(text[at..])] = (_text, at);

    private (int From, int Count) Find(ReadOnlySpan<byte> text, int at)
    {
        var slot = Slot(text[at..]);
        var own = _own[slot];
        var inside = own.Text == _text ? Same(text, at, TextPattern.Capacity + own.At) : 0;
        var outside = _places[slot] > 0 ? Same(text, at, _places[slot] - 1) : 0;
        return inside > outside ? (TextPattern.Capacity + own.At, inside) : (_places[slot] - 1, outside);
    }

    // A copy out of the text itself ends before where it is written to: the reader copies at once, not byte by byte.
    private int Same(ReadOnlySpan<byte> text, int at, int from)
    {
        var there = from < _pattern.Length ? _pattern.Bytes[from..]
            : from >= TextPattern.Capacity && from - TextPattern.Capacity < at
                ? text[(from - TextPattern.Capacity)..at] : default;
        return text[at..].CommonPrefixLength(there);
    }

    private static int Slot(ReadOnlySpan<byte> bytes) =>
        (int)(unchecked(BinaryPrimitives.ReadUInt64LittleEndian(bytes) * 0x9E37_79B9_7F4A_7C15) >> (64 - SlotBits));
}
