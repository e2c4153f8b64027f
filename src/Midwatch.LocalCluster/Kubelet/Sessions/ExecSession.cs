using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>A program beside the container's own, with its streams.</summary>
internal sealed class ExecSession : IProgramSession
{
    private readonly RunningProgram _program;
    private readonly OsTerminal? _terminal;

    private ExecSession(RunningProgram program, OsTerminal? terminal, Stream input, Stream output, Stream errors)
    {
        (_program, _terminal, Input, Output, Errors) = (program, terminal, input, output, errors);
        Exited = ExitCodeAsync();
    }

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Errors { get; }

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    public static SessionStart Start(ContainerInstance instance, SessionRequest request)
    {
        if (request.Argv.IsEmpty)
        {
            return new SessionStart.NotStarted("no command specified");
        }

        return request.Tty ? WithTerminal(instance, request) : WithPipes(instance, request);
    }

    /// <inheritdoc/>
    public void Resize(int columns, int rows) => _terminal?.Resize(columns, rows);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_program.Exited.IsCompleted)
        {
            await _program.DisposeAsync();
        }

        await Input.DisposeAsync();
        await Output.DisposeAsync();
        await Errors.DisposeAsync();
        _terminal?.Dispose();
    }

    private static SessionStart WithTerminal(
        ContainerInstance instance, SessionRequest request)
    {
        var terminal = OsTerminal.Create();
        var inside = instance.Inside(request.Argv);
        var result = instance.StartBeside(inside with
        {
            Environment = inside.Environment.SetItem("TERM", "xterm"),
            StandardInput = terminal.Program,
            StandardOutput = terminal.Program,
            StandardError = terminal.Program,
            NewSession = true,
        });
        terminal.Program.Dispose();
        if (result is not StartResult.Started { Program: var program })
        {
            terminal.Dispose();
            return NotStarted(request, result);
        }

        var input = new FileStream(terminal.Person, FileAccess.Write, bufferSize: 0);
        return new SessionStart.Opened(
            new ExecSession(program, terminal, input, PumpedPipe.Read(terminal.Person), Stream.Null));
    }

    private static SessionStart WithPipes(
        ContainerInstance instance, SessionRequest request)
    {
        var input = request.Stdin ? OsPipe.Create() : null;
        var (output, errors) = (OsPipe.Create(), OsPipe.Create());
        var result = instance.StartBeside(instance.Inside(request.Argv) with
        {
            StandardInput = input?.Read,
            StandardOutput = output.Write,
            StandardError = errors.Write,
            NewSession = true,
        });
        input?.Read.Dispose();
        output.Write.Dispose();
        errors.Write.Dispose();
        if (result is not StartResult.Started { Program: var program })
        {
            input?.Dispose();
            output.Dispose();
            errors.Dispose();
            return NotStarted(request, result);
        }

        var keys = input is null ? Stream.Null : new FileStream(input.Write, FileAccess.Write, bufferSize: 0);
        return new SessionStart.Opened(
            new ExecSession(program, null, keys, PumpedPipe.Read(output.Read), PumpedPipe.Read(errors.Read)));
    }

    private static SessionStart.NotStarted NotStarted(SessionRequest request, StartResult result) => new(
        "failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: "
        + StartRefusal.Describe(null, request.Argv[0], result));

    private async Task<int> ExitCodeAsync() => (await _program.Exited).ShellCode;
}
