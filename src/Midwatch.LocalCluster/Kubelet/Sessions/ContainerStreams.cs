using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using Midwatch.LocalCluster.Kubelet.Logs;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>
/// The standard streams of a container's first process: its output goes to the log and to whoever is attached; its
/// input is there when the manifest says <c>stdin: true</c>; with <c>tty: true</c> they are one terminal.
/// </summary>
internal sealed class ContainerStreams : IDisposable
{
    // A client that attaches to talk comes after the start: until then this much is kept for it, in bytes.
    private const int EarlyMax = 64 * 1024;

    private readonly OsTerminal? _terminal;
    private readonly OsPipe? _input;
    private OsPipe? _output;
    private OsPipe? _errors;
    private readonly Lock _lock = new();
    private ImmutableArray<(OutputTap Output, OutputTap Errors)> _taps = [];
    private List<(bool IsError, byte[] Bytes)>? _early;
    private int _earlyBytes;
    private bool _ended;

    public ContainerStreams(bool stdin, bool tty)
    {
        _early = stdin ? [] : null;
        if (tty)
        {
            _terminal = OsTerminal.Create();
            Input = stdin ? new FileStream(_terminal.Person, FileAccess.Write, bufferSize: 0) : null;
            return;
        }

        (_output, _errors) = (OsPipe.Create(), OsPipe.Create());
        if (stdin)
        {
            _input = OsPipe.Create();
            Input = new FileStream(_input.Write, FileAccess.Write, bufferSize: 0);
        }
    }

    /// <summary>Where the process reads from, for a client to write to; null when it has no input.</summary>
    public Stream? Input { get; }

    public SafeFileHandle? ProgramInput => _terminal?.Program ?? _input?.Read;

    public SafeFileHandle? ProgramOutput => _terminal?.Program ?? _output?.Write;

    public SafeFileHandle? ProgramErrors => _terminal?.Program ?? _errors?.Write;

    /// <summary>Lets go of the program's ends, once it was started or was not.</summary>
    public void CloseProgramEnds()
    {
        _terminal?.Program.Dispose();
        _input?.Read.Dispose();
        _output?.Write.Dispose();
        _errors?.Write.Dispose();
    }

    /// <summary>Reads to the end, into the log. The reading ends are disposed then.</summary>
    public async Task CopyAsync(ProgramStarter starter, ContainerLog log)
    {
        if (_terminal is not null)
        {
            await CopyTerminalAsync(_terminal, log);
        }
        else
        {
            var reading = Task.WhenAll(
                starter.ReadAsync(_output!.Read, bytes => Take(log, "stdout", bytes.Span)),
                starter.ReadAsync(_errors!.Read, bytes => Take(log, "stderr", bytes.Span)));
            // The reader has what it needs; the rest would lie here for as long as the container runs.
            (_output, _errors) = (null, null);
            await reading;
        }

        foreach (var (output, errors) in EndTaps())
        {
            output.End();
            errors.End();
        }
    }

    /// <summary>
    /// Someone attaches. The first one to a container that takes input also gets what was said before: whoever runs
    /// <c>kubectl run -i</c> on a short command comes after its last word.
    /// </summary>
    public void Add(OutputTap output, OutputTap errors)
    {
        lock (_lock)
        {
            foreach (var (isError, bytes) in _early ?? [])
            {
                (isError ? errors : output).Take(bytes);
            }

            _early = null;
            _taps = _taps.Add((output, errors));
            if (!_ended)
            {
                return;
            }
        }

        output.End();
        errors.End();
    }

    public void Remove(OutputTap output, OutputTap errors)
    {
        lock (_lock)
        {
            _taps = _taps.Remove((output, errors));
        }
    }

    public void Resize(int columns, int rows) => _terminal?.Resize(columns, rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        Input?.Dispose();
        _input?.Dispose();
        _output?.Dispose();
        _errors?.Dispose();
        _terminal?.Dispose();
    }

    private async Task CopyTerminalAsync(OsTerminal terminal, ContainerLog log)
    {
        await using var output = PumpedPipe.Read(terminal.Person);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await output.ReadAsync(buffer)) > 0)
        {
            Take(log, "stdout", buffer.AsSpan(0, read));
        }
    }

    private void Take(ContainerLog log, string stream, ReadOnlySpan<byte> bytes)
    {
        log.Write(stream, bytes);
        ImmutableArray<(OutputTap Output, OutputTap Errors)> taps;
        lock (_lock)
        {
            taps = _taps;
            if (_early is not null && _earlyBytes + bytes.Length <= EarlyMax)
            {
                _early.Add((stream != "stdout", bytes.ToArray()));
                _earlyBytes += bytes.Length;
            }
        }

        foreach (var (output, errors) in taps)
        {
            (stream == "stdout" ? output : errors).Take(bytes);
        }
    }

    private ImmutableArray<(OutputTap Output, OutputTap Errors)> EndTaps()
    {
        lock (_lock)
        {
            _ended = true;
            return _taps;
        }
    }
}
