using Microsoft.Win32.SafeHandles;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Cli.Scripts;

/// <summary>Where a script reads and writes: the caller's own streams, or pipes whose ends are kept.</summary>
internal sealed class ScriptStreams : IDisposable
{
    private readonly BoundedCapture? _output;
    private readonly BoundedCapture? _error;

    private ScriptStreams(ShellStreams streams, BoundedCapture? output, BoundedCapture? error) =>
        (Streams, _output, _error) = (streams, output, error);

    internal ShellStreams Streams { get; }

    internal static ScriptStreams Open(ProgramStarter starter, bool captured)
    {
        var input = Standard(0);
        if (!captured)
        {
            return new ScriptStreams(new ShellStreams(input, Standard(1), Standard(2)), null, null);
        }

        var (output, error) = (OsPipe.Create(), OsPipe.Create());
        return new ScriptStreams(
            new ShellStreams(input, output.Write, error.Write),
            BoundedCapture.Start(starter, output.Read),
            BoundedCapture.Start(starter, error.Read));
    }

    /// <summary>What the script came to, with what was kept of its output.</summary>
    internal async Task<ShellRunReport> FinishAsync(ShellOutcome outcome)
    {
        if (_output is null || _error is null)
        {
            return new ShellRunReport(outcome);
        }

        Streams.Output.Dispose();
        Streams.Error.Dispose();
        await Task.WhenAll(_output.Completion, _error.Completion);
        return new ShellRunReport(outcome) { Output = _output, Error = _error };
    }

    public void Dispose()
    {
        Streams.Input.Dispose();
        Streams.Output.Dispose();
        Streams.Error.Dispose();
    }

    private static SafeFileHandle Standard(int number) => new(number, ownsHandle: false);
}
