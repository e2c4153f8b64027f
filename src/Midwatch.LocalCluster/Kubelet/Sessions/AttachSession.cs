using Midwatch.LocalCluster.Kubelet.Containers;

namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>A container's own first process: its output from now on, and its input if it was made with one.</summary>
internal sealed class AttachSession : IProgramSession
{
    private readonly ContainerInstance _instance;
    private readonly OutputTap _output = new();
    private readonly OutputTap _errors = new();

    public AttachSession(ContainerInstance instance, bool wantsInput)
    {
        _instance = instance;
        Input = wantsInput && instance.Streams.Input is { } input ? input : Stream.Null;
        instance.Streams.Add(_output, _errors);
        Exited = ExitCodeAsync();
    }

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output => _output;

    /// <inheritdoc/>
    public Stream Errors => _errors;

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <inheritdoc/>
    public void Resize(int columns, int rows) => _instance.Streams.Resize(columns, rows);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _instance.Streams.Remove(_output, _errors);
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    private async Task<int> ExitCodeAsync() => (await _instance.Program.Exited).ShellCode;
}
