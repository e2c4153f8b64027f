using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Midwatch.Processes.Places;

namespace Midwatch.Processes;

/// <summary>
/// Starts programs, and ends whatever it started: with the program's own disposal, with its own, and within two
/// seconds when
/// this process is killed. Make one per part that starts programs, and keep it.
/// </summary>
public sealed class ProgramStarter : IAsyncDisposable
{
    /// <summary>The environment variable that every descendant carries; its value tells the starter.</summary>
    public const string OwnerVariable = "MIDWATCH_PROGRAM_OWNER";

    /// <summary>
    /// The environment variable that tells the program; its value is the owner's, a dot, and a number.
    /// </summary>
    public const string ProgramVariable = "MIDWATCH_PROGRAM";

    private const int OwnerBytes = 16;

    // One pipe's capacity: whoever writes without end still leaves the loop's thread to the others after each portion.
    private const int PortionBytes = 64 * 1024;

    private readonly string _owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(OwnerBytes));
    private readonly EventLoop _loop = new();

    // Shared by all pipes, as only the loop's thread reads.
    private readonly byte[] _readBuffer = GC.AllocateUninitializedArray<byte>(PortionBytes);
    private readonly Watchdog _watchdog;
    private readonly Supervision _supervision;
    private readonly PosixSignalRegistration _childSignal;
    private SafeFileHandle? _watchdogHandle;
    private long _count;
    private volatile bool _disposed;

    /// <summary>Starts the watchdog and makes this process the reaper of orphaned descendants.</summary>
    /// <exception cref="Win32Exception">The machine does not let us start <c>/bin/sh</c>.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public ProgramStarter()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Midwatch starts programs on Linux only.");
        }

        _watchdog = new(_owner);
        _supervision = new(_loop, _watchdog, _owner);
        _ = Native.ProcessControl(Native.SetChildSubreaper, 1, 0, 0, 0);
        var error = _watchdog.Start();
        if (error != 0)
        {
            _loop.Dispose();
            throw new Win32Exception(error, "/bin/sh, which guards the programs that are started, does not start.");
        }

        WatchTheWatchdog();
        _childSignal = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => _supervision.SweepSoon());
    }

    /// <summary>Starts a program. Blocks for about a millisecond.</summary>
    /// <exception cref="ObjectDisposedException">The starter was disposed.</exception>
    public StartResult Start(ProgramSpec spec)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Objection(spec) is { } objection)
        {
            return objection;
        }

        if (spec.Place is null && spec.OwnAddress is null && spec.User is null)
        {
            return StartHere(spec);
        }

        var result = PlacedStart.Run(spec, () => StartHere(spec), out var questions);
        if (questions is not null && spec.OwnAddress is { } own)
        {
            var answers = new AddressQuestions(questions, own);
            _loop.WhenReadable(questions, answers.AnswerOne);
        }

        return result;
    }

    private StartResult StartHere(ProgramSpec spec)
    {
        var found = ProgramPath.Resolve(spec);
        if (found.Path is not { } path)
        {
            return found.Refusal!;
        }

        var mark = $"{_owner}.{Interlocked.Increment(ref _count)}.";
        var environment = spec.Environment
            .SetItem(OwnerVariable, _owner)
            .SetItem(ProgramVariable, mark)
            .Select(variable => $"{variable.Key}={variable.Value}");
        var start = _supervision.Starts.Begin();
        try
        {
            return StartHere(spec, path, mark, environment);
        }
        finally
        {
            _supervision.Starts.End(start);
        }
    }

    private StartResult StartHere(ProgramSpec spec, string path, string mark, IEnumerable<string> environment)
    {
        return Spawner.Spawn(path, spec, environment, out var pid) switch
        {
            0 => new StartResult.Started(Follow(pid, mark, spec)),
            Native.Enoexec => Refuse(Native.Enoexec),
            Native.Eacces => Refuse(Native.Eacces),
            // The file is there: what is missing is the interpreter of its first line, or its dynamic loader.
            Native.Enoent => new StartResult.NotExecutable(spec.Argv[0], path, "Its interpreter is not there"),
            var error => new StartResult.Failed(error, $"{path}: {Marshal.GetPInvokeErrorMessage(error)}"),
        };

        StartResult Refuse(int error) =>
            new StartResult.NotExecutable(spec.Argv[0], path, Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>
    /// Reads a pipe to its end. The callback runs on the one thread that all pipes share: it must be quick and must
    /// not throw.
    /// </summary>
    /// <param name="pipe">The reading end; it is disposed at the end.</param>
    /// <param name="onBytes">Receives the bytes in order; the memory is valid only during the call.</param>
    /// <returns>Completes when every writer has closed the pipe.</returns>
    public Task ReadAsync(SafeFileHandle pipe, Action<ReadOnlyMemory<byte>> onBytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var reading = new PipeReading(pipe, _readBuffer, onBytes);
        _loop.WhenReadable(pipe, reading.ReadSome);
        return reading.Completion;
    }

    /// <summary>Kills everything that was started here and is still alive, and reaps it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await Task.WhenAll(_supervision.Programs.Select(program => program.DisposeAsync().AsTask()));
        _childSignal.Dispose();
        _watchdog.Dispose();
        _loop.Dispose();
        _watchdog.Reap();
        _watchdogHandle?.Dispose();
    }

    private static StartResult.Failed? Objection(ProgramSpec spec)
    {
        if (spec.Argv.IsDefaultOrEmpty)
        {
            return new StartResult.Failed(Native.Einval, "There is no program to start: the argument vector is empty.");
        }

        if (spec.Place is null && !Directory.Exists(spec.WorkingDirectory))
        {
            return new StartResult.Failed(
                Native.Enoent, $"The working directory '{spec.WorkingDirectory}' does not exist.");
        }

        return spec.Argv.Concat(spec.Environment.Keys).Concat(spec.Environment.Values).Any(HasNul)
            ? new StartResult.Failed(
                Native.Einval, "An argument or variable holds a NUL character, which no program can be given.")
            : null;

        static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);
    }

    private RunningProgram Follow(int pid, string mark, ProgramSpec spec)
    {
        if (spec.FileBytesMax is { } bytes)
        {
            // Between fork and exec nothing of ours runs, so the limit comes a moment after the start.
            LimitFiles(pid, bytes);
        }

        var descriptor = Native.OpenProcess(pid, 0);
        var handle = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        var program = new RunningProgram(_supervision, pid, mark, handle) { ProcessesMax = spec.ProcessesMax };
        _supervision.Add(program);
        if (handle is null)
        {
            _loop.Post(() => AskUntilReaped(program));
        }
        else
        {
            _loop.WhenReadable(handle, program.Reap);
        }

        return program;
    }

    private static unsafe void LimitFiles(int pid, long bytes)
    {
        var limit = new Native.ResourceLimit { Soft = (ulong)bytes, Hard = (ulong)bytes };
        _ = Native.Limit(pid, Native.FileSizeResource, &limit, null);
    }

    // A kernel before 5.3, or one that forbids pidfd_open (some container runtimes): ask every few milliseconds
    // instead.
    private void AskUntilReaped(RunningProgram program)
    {
        const int AskMilliseconds = 10;
        if (program.Reap())
        {
            _loop.After(AskMilliseconds, () => AskUntilReaped(program));
        }
    }

    private void WatchTheWatchdog()
    {
        var descriptor = Native.OpenProcess(_watchdog.ProcessId, 0);
        if (descriptor < 0)
        {
            return;
        }

        _watchdogHandle = new SafeFileHandle(descriptor, ownsHandle: true);
        _loop.WhenReadable(_watchdogHandle, () =>
        {
            _ = Native.WaitFor(_watchdog.ProcessId, out _, Native.WaitNoHang);
            _watchdogHandle.Dispose();
            if (!_disposed && _watchdog.Start() == 0)
            {
                WatchTheWatchdog();
            }

            return false;
        });
    }
}
