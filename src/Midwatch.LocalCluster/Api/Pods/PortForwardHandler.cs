using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Spdy;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>
/// Opens port-forward sessions: SPDY/3.1 by itself (kubectl up to 1.29) or inside a WebSocket (1.30 and later).
/// </summary>
internal sealed class PortForwardHandler(ApiServerOptions options)
{
    private const string Tunnel = "SPDY/3.1+portforward.k8s.io";
    private const string Protocol = "portforward.k8s.io";

    public async Task<ApiAnswer> AnswerAsync(ApiCall call, StoredObject pod)
    {
        var upgrade = call.Http.Features.Get<IHttpUpgradeFeature>();
        if (upgrade is not { IsUpgradableRequest: true })
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest("Upgrade request required"));
        }

        if (pod.Body["status"]?["phase"]?.GetValue<string>() != "Running")
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(
                $"unable to forward port because pod is not running. Current status={pod.Body["status"]?["phase"]}"));
        }

        var wanted = call.Http.Request.Headers.Upgrade.ToString();
        if (wanted.Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            return await OverWebSocketAsync(call, upgrade, pod);
        }

        return wanted.StartsWith("SPDY/3.1", StringComparison.OrdinalIgnoreCase)
            ? await OverSpdyAsync(call, upgrade, pod)
            : ApiAnswer.Refuse(ApiStatus.BadRequest("Upgrade request required"));
    }

    private async Task<ApiAnswer> OverWebSocketAsync(ApiCall call, IHttpUpgradeFeature upgrade, StoredObject pod)
    {
        if (WebSocketUpgrade.Choose(call.Http.Request, Tunnel) is not { } protocol)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest($"unable to upgrade: the subprotocol {Tunnel} is required"));
        }

        using var socket = await WebSocketUpgrade.AcceptAsync(call.Http, upgrade, protocol);
        await using var stream = WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: false);
        await ServeAsync(stream, pod, call.Stop);
        return new ApiAnswer.Streamed();
    }

    private async Task<ApiAnswer> OverSpdyAsync(ApiCall call, IHttpUpgradeFeature upgrade, StoredObject pod)
    {
        var response = call.Http.Response.Headers;
        response.Connection = "Upgrade";
        response.Upgrade = "SPDY/3.1";
        response["X-Stream-Protocol-Version"] = Protocol;
        await using var stream = await upgrade.UpgradeAsync();
        await ServeAsync(stream, pod, call.Stop);
        return new ApiAnswer.Streamed();
    }

    private async Task ServeAsync(Stream stream, StoredObject pod, CancellationToken stop)
    {
        using var connection = new SpdyConnection(stream);
        using var session = new PortForwardSession(connection, options.Node, pod.Key.Namespace!, pod.Key.Name, pod.Uid);
        try
        {
            await session.RunAsync(stop);
        }
        catch (Exception broken) when (
            broken is IOException or WebSocketException or InvalidDataException or EndOfStreamException)
        {
            // kubectl was ended: its connection breaks off, and with it the session.
            return;
        }
    }
}
