using System.Collections;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Processes;

namespace Midwatch.Cli.Prerequisites;

/// <summary>Runs a program that the command itself needs, such as the set-up script.</summary>
internal sealed class OutsideProgram(ProgramStarter starter, TimeProvider time)
{
    private const int StandardError = 2;

    /// <summary>Runs it with its output on our standard error.</summary>
    /// <returns>Its exit status as a shell counts it; 127 when it could not be started.</returns>
    internal async Task<int> RunAsync(ImmutableArray<string> argv, CancellationToken cancellationToken)
    {
        using var error = new SafeFileHandle(StandardError, ownsHandle: false);
        if (starter.Start(Spec(argv) with { StandardOutput = error, StandardError = error })
            is not StartResult.Started started)
        {
            return 127;
        }

        await using var program = started.Program;
        return (await program.Exited.WaitAsync(cancellationToken)).ShellCode;
    }

    /// <summary>Runs it and reads what it prints.</summary>
    /// <returns>Null when it could not be started, failed, or took longer than the limit.</returns>
    internal async Task<string?> ReadAsync(
        ImmutableArray<string> argv, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var pipe = OsPipe.Create();
        if (starter.Start(Spec(argv) with { StandardOutput = pipe.Write }) is not StartResult.Started started)
        {
            return null;
        }

        pipe.Write.Dispose();
        var capture = BoundedCapture.Start(starter, pipe.Read);
        try
        {
            await using var program = started.Program;
            var status = await program.Exited.WaitAsync(limit, time, cancellationToken);
            return status.ShellCode == 0 ? Encoding.UTF8.GetString(await EndAsync(capture)) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            // The program is gone by now, so the pipe ends; it must not be closed under the reader.
            await capture.Completion;
        }
    }

    internal static ImmutableDictionary<string, string> OwnEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToImmutableDictionary(
            entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty);

    private static async Task<byte[]> EndAsync(BoundedCapture capture)
    {
        await capture.Completion;
        return capture.Kept();
    }

    private static ProgramSpec Spec(ImmutableArray<string> argv) => new()
    {
        Argv = argv,
        Environment = OwnEnvironment(),
        WorkingDirectory = Environment.CurrentDirectory,
    };
}
