using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>The streams of one exec or attach towards the client, over whichever protocol it speaks.</summary>
internal interface IRemoteChannels : IDisposable
{
    /// <summary>Reads until the client goes, handing over input and sizes.</summary>
    Task ReadAsync(IRemoteInput input, CancellationToken ct);

    /// <summary>Sends what the program printed.</summary>
    Task WriteAsync(RemoteStream stream, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Says how it ended (a meta/v1 Status), and closes.</summary>
    Task FinishAsync(JsonObject status, CancellationToken ct);
}
