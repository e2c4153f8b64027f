using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Kubelet.Sessions;

namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>
/// Carries bytes between a client and a program in a container until the program ends or the client goes.
/// </summary>
internal sealed class RemoteSession(IRemoteChannels channels, IProgramSession program, RemoteOptions options)
    : IRemoteInput, IDisposable
{
    private const int ChunkBytes = 32 * 1024;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _gone = new();

    public async Task RunAsync(CancellationToken ct)
    {
        await using var stopping = ct.Register(_gone.Cancel);
        var reading = ReadAsync();
        var writing = Task.WhenAll(
            CopyAsync(program.Output, RemoteStream.Output, options.Output, _gone.Token),
            CopyAsync(program.Errors, RemoteStream.Errors, options.Errors && !options.Terminal, _gone.Token));
        try
        {
            await writing;
            // Who was attached is not told the exit code: kubectl reads it from the pod.
            var code = await program.Exited.WaitAsync(_gone.Token);
            await channels.FinishAsync(RemoteStatus.Exit(options.Command.IsEmpty ? 0 : code), _gone.Token);
        }
        catch (Exception broken) when (IsGone(broken) && !ct.IsCancellationRequested)
        {
            // The client went first: the program is ended with the session.
            return;
        }
        finally
        {
            await LingerAsync(reading);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gone.Dispose();

    async Task IRemoteInput.TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await program.Input.WriteAsync(bytes, ct);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The program reads no more; what is sent on has no reader, as with a pipe into `head`.
            return;
        }
    }

    async Task IRemoteInput.EndAsync()
    {
        if (!options.Terminal)
        {
            await program.Input.DisposeAsync();
        }
    }

    void IRemoteInput.Resize(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return;
        }

        try
        {
            var size = JsonNode.Parse(json.Span);
            program.Resize(size?["Width"]?.GetValue<int>() ?? 0, size?["Height"]?.GetValue<int>() ?? 0);
        }
        catch (JsonException)
        {
            // A size that cannot be read is no reason to end the session.
            return;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await channels.ReadAsync(this, _gone.Token);
        }
        catch (Exception broken) when (IsGone(broken))
        {
            // Told below.
        }

        await _gone.CancelAsync();
    }

    private async Task CopyAsync(Stream from, RemoteStream to, bool isWanted, CancellationToken ct)
    {
        var buffer = new byte[ChunkBytes];
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            if (isWanted)
            {
                await channels.WriteAsync(to, buffer.AsMemory(0, read), ct);
            }
        }
    }

    // The client closes once it has read the status. Whoever closes before him cuts the connection, and what he has not
    // read by then is lost: on a machine at ten times its load kubectl took more than a second, and ended with 1.
    private async Task LingerAsync(Task reading)
    {
        _gone.CancelAfter(Linger);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool IsGone(Exception error) => error is IOException or WebSocketException or InvalidDataException
        or OperationCanceledException or ObjectDisposedException or EndOfStreamException;
}
