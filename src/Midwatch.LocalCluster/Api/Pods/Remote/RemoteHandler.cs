using Microsoft.AspNetCore.Http.Features;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Kubelet.Sessions;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>Answers pods/NAME/exec and pods/NAME/attach, over WebSockets and SPDY/3.1.</summary>
internal sealed class RemoteHandler(ApiServerOptions options)
{
    public async Task<ApiAnswer> AnswerAsync(ApiCall call, StoredObject pod)
    {
        if (call.Http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest("Upgrade request required"));
        }

        var asked = RemoteOptions.Read(call);
        if (Refusal(call, pod, ref asked) is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var request = new SessionRequest(
            pod.Key.Namespace!, pod.Key.Name, asked.Container, asked.Command, asked.Input, asked.Terminal);
        var start = asked.Command.IsEmpty ? options.Node.Attach(request) : options.Node.Exec(request);
        if (start is SessionStart.NoContainer missing)
        {
            return ApiAnswer.Refuse(ApiStatus.Internal($"unable to upgrade connection: {missing.Message}"));
        }

        await using var program = (start as SessionStart.Opened)?.Session;
        using var channels = await OpenAsync(call, upgrade, asked);
        if (channels is null)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(
                "unable to upgrade: no subprotocol of this request is served here"));
        }

        if (program is null)
        {
            await channels.FinishAsync(RemoteStatus.Failure(Message(start)), call.Stop);
        }
        else
        {
            using var session = new RemoteSession(channels, program, asked);
            await session.RunAsync(call.Stop);
        }

        return new ApiAnswer.Streamed();
    }

    private static ApiStatus? Refusal(ApiCall call, StoredObject pod, ref RemoteOptions asked)
    {
        var isExec = call.Target.Subresource == "exec";
        if (isExec && asked.Command.IsEmpty)
        {
            return ApiStatus.BadRequest("you must specify at least 1 command for the container");
        }

        if (!asked.Input && !asked.Output && !asked.Errors)
        {
            return ApiStatus.BadRequest("you must specify at least one of stdin, stdout, stderr");
        }

        if (pod.Body["status"]?["phase"]?.GetValue<string>() is "Succeeded" or "Failed")
        {
            return ApiStatus.BadRequest(
                $"cannot exec into a container in a completed pod; current phase is {pod.Body["status"]?["phase"]}");
        }

        if (PodContainers.Choose(pod, asked.Container, out var container) is { } refusal)
        {
            return refusal;
        }

        asked = asked with { Container = container, Command = isExec ? asked.Command : [] };
        return FieldOf(pod, "nodeName").Length == 0
            ? ApiStatus.BadRequest($"pod {pod.Key.Name} does not have a host assigned")
            : null;
    }

    private static string FieldOf(StoredObject pod, string field) =>
        pod.Body["spec"]?[field]?.GetValue<string>() ?? "";

    private async Task<IRemoteChannels?> OpenAsync(
        ApiCall call, IHttpUpgradeFeature upgrade, RemoteOptions asked)
    {
        var request = call.Http.Request;
        if (request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            return WebSocketUpgrade.Choose(request, WebSocketChannels.Protocols) is { } found
                ? new WebSocketChannels(
                    await WebSocketUpgrade.AcceptAsync(call.Http, upgrade, found), options.Time, call.Stop)
                : null;
        }

        var offered = request.Headers["X-Stream-Protocol-Version"];
        if (!request.Headers.Upgrade.ToString().StartsWith("SPDY/3.1", StringComparison.OrdinalIgnoreCase)
            || Array.Find(SpdyChannels.Protocols, one => offered.Contains(one)) is not { } protocol)
        {
            return null;
        }

        var response = call.Http.Response.Headers;
        response.Connection = "Upgrade";
        response.Upgrade = "SPDY/3.1";
        response["X-Stream-Protocol-Version"] = protocol;
        var channels = new SpdyChannels(await upgrade.UpgradeAsync(), asked);
        await channels.OpenAsync(call.Stop);
        return channels;
    }

    private static string Message(SessionStart start) => start is SessionStart.NotStarted failed
        ? "error executing command in container: " + failed.Message
        : "";
}
