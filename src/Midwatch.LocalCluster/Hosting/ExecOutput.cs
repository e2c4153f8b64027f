using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>What a command in a container prints, and how it ends, over a web socket.</summary>
internal static class ExecOutput
{
    /// <summary>Each message begins with the number of its channel; the last one tells how the command ended.</summary>
    public const string Protocol = "v4.channel.k8s.io";
    private const byte EndChannel = 3;

    /// <summary>Reads to the end: null when the command ended well, else the end and what was printed.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public static async Task<string?> ReadAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var printed = new StringBuilder();
        while (await MessageAsync(socket, cancellationToken) is { } message)
        {
            if (message is [EndChannel, ..])
            {
                var end = JsonNode.Parse(message.AsSpan(1)) as JsonObject;
                return end.Text("status") == "Success" ? null : $"{end.Text("message")}: {printed}".TrimEnd();
            }

            _ = printed.Append(Encoding.UTF8.GetString(message.AsSpan(1)));
        }

        return $"the connection ended before the command did: {printed}".TrimEnd();
    }

    /// <summary>The next message with its channel; null when there is none any more.</summary>
    private static async Task<byte[]?> MessageAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer.AsSpan(0, part.Count));
            if (part.EndOfMessage && message.Length > 0)
            {
                return message.ToArray();
            }
        }
    }
}
