using System.Net;
using System.Text;

namespace Midwatch.Cli.Tests.Linting;

/// <summary>An HTTP server on a free port of this machine, which answers with what a function says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    internal LoopbackServer(Func<string, string, (int Status, string Body)> answer)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _listener.Prefixes.Add($"{Address}");
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    internal Uri Address { get; }

    /// <summary>Method and path of every request, in order.</summary>
    internal List<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        // No Stop before it: that frees the port, and Close would then bind it once more to take its prefix away.
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(Func<string, string, (int Status, string Body)> answer)
    {
        while (await NextAsync() is { } context)
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            var path = context.Request.Url?.AbsolutePath ?? "";
            Asked.Add($"{context.Request.HttpMethod} {path}");
            var (status, text) = answer(path, WebUtility.UrlDecode(body));
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: true);
        }
    }

    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return await _listener.GetContextAsync();
        }
        catch (Exception problem) when (problem is HttpListenerException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
