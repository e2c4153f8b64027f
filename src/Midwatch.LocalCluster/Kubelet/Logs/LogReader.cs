using System.Buffers;
using System.Globalization;
using System.Text;

namespace Midwatch.LocalCluster.Kubelet.Logs;

/// <summary>
/// Reads a container's log as a request wants it: from when, how many lines, with or without times, to the end or on.
/// </summary>
internal sealed class LogReader(ContainerLog log, PodLogRequest request, Stream output)
{
    private readonly Queue<byte[]>? _tail = request.TailLines is null ? null : new();
    private long _left = request.LimitBytes ?? long.MaxValue;

    /// <summary>Writes what there is and, when following, what comes until the instance ends.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        var rotations = log.Rotations;
        if (File.Exists(log.OlderPath))
        {
            await using var older = Open(log.OlderPath);
            _ = await ReadLinesAsync(older, hold: true, ct);
        }

        var file = Open(log.Path);
        try
        {
            _ = await ReadLinesAsync(file, hold: true, ct);
            await WriteTailAsync(ct);
            while (request.Follow && _left > 0)
            {
                var changed = log.Changed;
                var wasComplete = log.IsComplete;
                var any = await ReadLinesAsync(file, hold: false, ct);
                if (rotations != log.Rotations)
                {
                    rotations = log.Rotations;
                    await file.DisposeAsync();
                    file = Open(log.Path);
                }
                else if (!any && wasComplete)
                {
                    return;
                }
                else if (!any)
                {
                    await output.FlushAsync(ct);
                    await changed.WaitAsync(ct);
                }
            }
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private async Task<bool> ReadLinesAsync(FileStream file, bool hold, CancellationToken ct)
    {
        const int PortionBytes = 64 * 1024;
        var any = false;
        var buffer = new byte[PortionBytes];
        var line = new ArrayBufferWriter<byte>();
        for (int count; (count = await file.ReadAsync(buffer, ct)) > 0;)
        {
            any = true;
            for (var rest = buffer.AsMemory(0, count); rest.Length > 0;)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                if (end < 0)
                {
                    line.Write(rest.Span);
                    break;
                }

                line.Write(rest.Span[..end]);
                await TakeAsync(line.WrittenMemory, hold, ct);
                line.ResetWrittenCount();
                rest = rest[(end + 1)..];
            }
        }

        // The writer flushes whole lines, but a reader may come between two of its writes to the file.
        file.Position -= line.WrittenCount;
        return any && line.WrittenCount == 0;
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> raw, bool hold, CancellationToken ct)
    {
        if (Format(raw.Span) is not { } line)
        {
            return;
        }

        if (_tail is null || !hold)
        {
            await WriteLineAsync(line, ct);
            return;
        }

        _tail.Enqueue(line);
        if (_tail.Count > request.TailLines)
        {
            _ = _tail.Dequeue();
        }
    }

    private async Task WriteTailAsync(CancellationToken ct)
    {
        while (_tail?.TryDequeue(out var line) == true)
        {
            await WriteLineAsync(line, ct);
        }
    }

    private async Task WriteLineAsync(byte[] line, CancellationToken ct)
    {
        var count = (int)Math.Min(line.Length, _left);
        _left -= count;
        await output.WriteAsync(line.AsMemory(0, count), ct);
    }

    // "time stream tag text": null for a line from before the time asked for.
    private byte[]? Format(ReadOnlySpan<byte> raw)
    {
        var first = raw.IndexOf((byte)' ');
        if (first < 0)
        {
            return null;
        }

        var time = Encoding.ASCII.GetString(raw[..first]);
        if (request.SinceTime is { } since && Parse(time) < since)
        {
            return null;
        }

        var afterStream = raw[(first + 1)..];
        var tagged = afterStream[(afterStream.IndexOf((byte)' ') + 1)..];
        var text = tagged[Math.Min(2, tagged.Length)..];
        var prefix = request.Timestamps ? Encoding.ASCII.GetBytes(time + " ") : [];
        return tagged.Length > 0 && tagged[0] == 'P' ? [.. prefix, .. text] : [.. prefix, .. text, (byte)'\n'];
    }

    // Nine digits of a second are more than .NET reads.
    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(
        time.EndsWith("00Z", StringComparison.Ordinal) ? time[..^3] + "Z" : time,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal);
}
