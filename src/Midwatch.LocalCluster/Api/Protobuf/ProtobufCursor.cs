namespace Midwatch.LocalCluster.Api.Protobuf;

/// <summary>Reads the wire format of protobuf, field by field.</summary>
internal ref struct ProtobufCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>
    /// The next field's number and wire type (0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes).
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are no protobuf.</exception>
    public (int Number, int WireType) ReadTag()
    {
        var tag = ReadVarint();
        return ((int)(tag >> 3), (int)(tag & 7));
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                break;
            }

            var one = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number breaks off.");
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > (ulong)_rest.Length)
        {
            throw new InvalidDataException("A field is longer than its message.");
        }

        var found = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return found;
    }
}
