namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>The streams of exec and attach, by their channel numbers over WebSockets.</summary>
internal enum RemoteStream
{
    Input = 0,
    Output = 1,
    Errors = 2,
    Status = 3,
    Resize = 4,

    /// <summary>From v5 on: the number that follows is of a channel that is closed.</summary>
    Close = 255,
}
