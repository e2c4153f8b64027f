using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>What an exec or attach asks for (core/v1 PodExecOptions).</summary>
internal sealed record RemoteOptions(
    ImmutableArray<string> Command, string Container, bool Input, bool Output, bool Errors, bool Terminal)
{
    public static RemoteOptions Read(ApiCall call) => new(
        [.. call.Http.Request.Query["command"].Select(word => word ?? "")],
        call.Query("container"),
        Flag(call, "stdin"),
        Flag(call, "stdout"),
        Flag(call, "stderr"),
        Flag(call, "tty"));

    /// <summary>True for a stream that the client opens.</summary>
    public bool Wants(RemoteStream stream) => stream switch
    {
        RemoteStream.Input => Input,
        RemoteStream.Output => Output,
        RemoteStream.Errors => Errors && !Terminal,
        RemoteStream.Resize => Terminal,
        _ => true,
    };

    private static bool Flag(ApiCall call, string name) => call.Query(name) is "true" or "1";
}
