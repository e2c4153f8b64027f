namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>Takes what the client of an exec or attach sends.</summary>
internal interface IRemoteInput
{
    /// <summary>Input for the program; completes when the program has taken it.</summary>
    Task TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>There is no more input.</summary>
    Task EndAsync();

    /// <summary>The client's screen, as {"Width":80,"Height":24}.</summary>
    void Resize(ReadOnlyMemory<byte> json);
}
