using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Midwatch.Execution.Tests.Inspection;

/// <summary>
/// An HTTP server on a free loopback port that answers from a function; enough of an API server for lists and logs.
/// </summary>
internal sealed class ApiOverHttp : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public ApiOverHttp(Func<Uri, (int Status, string Body)> answer)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Server = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Server.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public Uri Server { get; }

    public async ValueTask DisposeAsync()
    {
        // No Stop before it: that frees the port, and Close would then bind it once more to take its prefix away.
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(Func<Uri, (int Status, string Body)> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var (status, body) = answer(context.Request.Url!);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }
}
