using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Reference.Redis.Resp;

/// <summary>Reads replies from a stream. Keeps its own buffer, so one reader belongs to one stream for life.</summary>
/// <param name="stream">Where the replies come from; not disposed here.</param>
public sealed class RespReader(Stream stream)
{
    private const int BulkBytesMax = 512 * 1024 * 1024; // Redis' own proto-max-bulk-len
    private const int DepthMax = 8;
    private readonly byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads the next reply.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    /// <exception cref="RespProtocolException">What came is not RESP2.</exception>
    public ValueTask<RespValue> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync(DepthMax, cancellationToken);

    private async ValueTask<RespValue> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken);
        if (line.Length == 0 || depth == 0)
        {
            throw new RespProtocolException("A reply was empty, or nested too deeply.");
        }

        var rest = line[1..];
        return line[0] switch
        {
            '+' => new RespValue.Status(rest),
            '-' => new RespValue.Error(rest),
            ':' => new RespValue.Number(Integer(rest)),
            '$' => new RespValue.Bulk(await ReadBulkAsync(Integer(rest), cancellationToken)),
            '*' => await ReadListAsync(Integer(rest), depth - 1, cancellationToken),
            var other => throw new RespProtocolException($"A reply began with '{other}', which RESP2 does not know."),
        };
    }

    private async ValueTask<RespValue> ReadListAsync(long count, int depth, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<RespValue>();
        for (var index = 0L; index < count; index++)
        {
            items.Add(await ReadAsync(depth, cancellationToken));
        }

        return new RespValue.List(items.ToImmutable());
    }

    private async ValueTask<string?> ReadBulkAsync(long length, CancellationToken cancellationToken)
    {
        if (length < 0)
        {
            return null;
        }

        if (length > BulkBytesMax)
        {
            throw new RespProtocolException($"A string of {length} bytes is longer than Redis itself allows.");
        }

        var bytes = new byte[length + 2];
        for (var filled = 0; filled < bytes.Length;)
        {
            await FillAsync(cancellationToken);
            var part = Math.Min(_end - _start, bytes.Length - filled);
            _buffer.AsSpan(_start, part).CopyTo(bytes.AsSpan(filled));
            _start += part;
            filled += part;
        }

        return Encoding.UTF8.GetString(bytes, 0, bytes.Length - 2);
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            await FillAsync(cancellationToken);
            var next = (char)_buffer[_start++];
            if (next == '\n')
            {
                return line.ToString(0, Math.Max(0, line.Length - 1));
            }

            line.Append(next);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start < _end)
        {
            return;
        }

        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken);
        if (_end == 0)
        {
            throw new EndOfStreamException("The server closed the connection.");
        }
    }

    private static long Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new RespProtocolException($"'{text}' stands where a number belongs.");
}
