using System.Buffers;
using System.Globalization;
using System.Text;

namespace Midwatch.LocalCluster.Kubelet.Logs;

/// <summary>
/// The log of one container instance on disk, in the format of the container runtime interface:
/// "2026-01-02T03:04:05.000000000Z stdout F line". Rotated once it has ten MiB; one older part is kept.
/// </summary>
internal sealed class ContainerLog : IDisposable
{
    private const long RotateBytes = 10 * 1024 * 1024;

    // containerd cuts longer lines and marks all but the last part with P.
    private const int LineBytesMax = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ArrayBufferWriter<byte>> _unfinished = [];
    private readonly MemoryStream _pending = new();
    private FileStream _file;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ContainerLog(string path, TimeProvider time)
    {
        Path = path;
        _time = time;
        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? "/");
        _file = Open();
    }

    public string Path { get; }

    /// <summary>Where the part before the last rotation is, if there was one.</summary>
    public string OlderPath => Path + ".1";

    /// <summary>How often it was rotated: a reader that sees another number begins with the new file.</summary>
    public int Rotations { get; private set; }

    /// <summary>True when nothing will be written any more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Completes at the next write, rotation or at the end.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return IsComplete ? Task.CompletedTask : _changed.Task;
            }
        }
    }

    /// <summary>Takes output as it comes, in any portions.</summary>
    /// <param name="stream">"stdout" or "stderr".</param>
    public void Write(string stream, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (IsComplete)
            {
                return;
            }

            if (!_unfinished.TryGetValue(stream, out var line))
            {
                _unfinished[stream] = line = new();
            }

            while (bytes.Length > 0)
            {
                var end = bytes.IndexOf((byte)'\n');
                var part = bytes[..Math.Min(end < 0 ? bytes.Length : end, LineBytesMax - line.WrittenCount)];
                line.Write(part);
                bytes = bytes[part.Length..];
                if (bytes.Length > 0 && bytes[0] == '\n')
                {
                    bytes = bytes[1..];
                    AppendNeedsLock(stream, 'F', line);
                }
                else if (line.WrittenCount == LineBytesMax)
                {
                    AppendNeedsLock(stream, 'P', line);
                }
            }

            FlushNeedsLock();
        }
    }

    /// <summary>The container ended: what has no line end yet is written, and followers end.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (IsComplete)
            {
                return;
            }

            foreach (var (stream, line) in _unfinished.Where(line => line.Value.WrittenCount > 0))
            {
                AppendNeedsLock(stream, 'P', line);
            }

            FlushNeedsLock();
            IsComplete = true;
            _file.Dispose();
            _changed.TrySetResult();
        }
    }

    public void Dispose()
    {
        Complete();
        _pending.Dispose();
    }

    /// <summary>Removes the files.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(Path);
        File.Delete(OlderPath);
    }

    private void AppendNeedsLock(string stream, char tag, ArrayBufferWriter<byte> line)
    {
        var prefix = string.Create(
            CultureInfo.InvariantCulture,
            $"{_time.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}00Z {stream} {tag} ");
        _pending.Write(Encoding.ASCII.GetBytes(prefix));
        _pending.Write(line.WrittenSpan);
        _pending.WriteByte((byte)'\n');
        line.ResetWrittenCount();
    }

    private void FlushNeedsLock()
    {
        if (_pending.Length == 0)
        {
            return;
        }

        try
        {
            RotateNeedsLock();
            _file.Write(_pending.GetBuffer().AsSpan(0, (int)_pending.Length));
        }
        catch (IOException)
        {
            // The disk is full: the lines are lost, as on a real node, and the container goes on.
            _pending.SetLength(0);
        }

        _pending.SetLength(0);
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void RotateNeedsLock()
    {
        if (_file.Length > RotateBytes)
        {
            _file.Dispose();
            File.Move(Path, OlderPath, overwrite: true);
            _file = Open();
            Rotations++;
        }
    }

    private FileStream Open() =>
        new(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
}
