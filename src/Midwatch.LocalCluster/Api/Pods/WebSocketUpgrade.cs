using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>
/// The WebSocket handshake, also for subprotocols that ASP.NET's own does not take (with a slash in the name).
/// </summary>
internal static class WebSocketUpgrade
{
    // RFC 6455 1.3: joined to the client's key and hashed, it proves that the server understood.
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>The first of the subprotocols that the client offers and we serve; null for none.</summary>
    public static string? Choose(HttpRequest request, params ReadOnlySpan<string> served)
    {
        var offered = request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries);
        foreach (var one in served)
        {
            if (offered.Contains(one))
            {
                return one;
            }
        }

        return null;
    }

    public static async Task<WebSocket> AcceptAsync(HttpContext http, IHttpUpgradeFeature upgrade, string protocol)
    {
        var response = http.Response.Headers;
        response.Connection = "Upgrade";
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = Hash(http.Request.Headers.SecWebSocketKey + Salt);
        response.SecWebSocketProtocol = protocol;
        return WebSocket.CreateFromStream(
            await upgrade.UpgradeAsync(), new WebSocketCreationOptions { IsServer = true });
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350", Justification = "RFC 6455 names SHA-1; it guards nothing here.")]
    private static string Hash(string text) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(text)));
}
