using System.Runtime.CompilerServices;

namespace Midwatch.LocalCluster.Objects.Packing;

/// <summary>
/// What texts of one kind have in common: two hundred pods of a Deployment differ in their names, times and addresses.
/// It only grows at its end, so that what was packed by it can be unpacked for as long as it is held.
/// </summary>
internal sealed class TextPattern
{
    private readonly StrongBox<bool> _isUnpacked;

    /// <summary>Bytes that it may have; beyond them another one begins.</summary>
    internal const int Capacity = 32 * 1024;

    private byte[] _bytes = [];

    public TextPattern()
        : this(new StrongBox<bool>())
    {
    }

    private TextPattern(StrongBox<bool> isUnpacked) => _isUnpacked = isUnpacked;

    /// <summary>A text that was packed by it, or by one before it, lies somewhere as it is sent.</summary>
    public bool IsUnpacked
    {
        get => _isUnpacked.Value;
        set => _isUnpacked.Value = value;
    }

    /// <summary>An empty one for the texts of the same kind that come now.</summary>
    public TextPattern Next() => new(_isUnpacked);

    /// <summary>How much of it is there, in bytes.</summary>
    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Learns a text; false when there is no room for it.</summary>
    public bool Add(ReadOnlySpan<byte> text)
    {
        if (_bytes.Length + text.Length > Capacity)
        {
            return false;
        }

        _bytes = [.. _bytes, .. text];
        return true;
    }
}
