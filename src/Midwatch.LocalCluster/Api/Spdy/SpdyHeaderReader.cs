using System.Buffers.Binary;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;

namespace Midwatch.LocalCluster.Api.Spdy;

/// <summary>Decompresses the header blocks of one connection, which share one zlib stream.</summary>
/// <remarks>
/// .NET's inflater takes no dictionary. Fed the dictionary as an uncompressed block first, it has it in its window all
/// the
/// same; the zlib header of the first block is skipped.
/// </remarks>
internal sealed class SpdyHeaderReader : IDisposable
{
    private const int ZlibHeaderLength = 6;
    private const int PairsMax = 256;
    private const int TextBytesMax = 64 * 1024;

    private readonly FeedStream _feed = new();
    private readonly DeflateStream _inflater;
    private bool _started;

    public SpdyHeaderReader() => _inflater = new DeflateStream(_feed, CompressionMode.Decompress);

    /// <summary>The headers of a block; names are lower case.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public FrozenDictionary<string, string> Read(ReadOnlySpan<byte> block)
    {
        if (!_started)
        {
            Start();
            block = block.Length >= ZlibHeaderLength ? block[ZlibHeaderLength..]
                : throw new InvalidDataException("No zlib header.");
        }

        _feed.Add(block);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = ReadLength(PairsMax);
        for (var pair = 0; pair < count; pair++)
        {
            var name = ReadText();
            headers[name] = ReadText();
        }

        return headers.ToFrozenDictionary();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inflater.Dispose();
        _feed.Dispose();
    }

    private void Start()
    {
        _started = true;
        _feed.Add(StoredBlock.Of(SpdyDictionary.Bytes));
        _inflater.ReadExactly(new byte[SpdyDictionary.Bytes.Length]);
    }

    private int ReadLength(int most)
    {
        Span<byte> bytes = stackalloc byte[4];
        _inflater.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return length >= 0
            && length <= most ? length : throw new InvalidDataException($"{length} is no length in a header block.");
    }

    private string ReadText()
    {
        var bytes = new byte[ReadLength(TextBytesMax)];
        _inflater.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
