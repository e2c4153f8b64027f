using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Tests.Sealing;

/// <summary>Answers GETs with prepared JSON, as an API server would; 404 for everything else.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Task _loop;

    public ApiServer()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        _listener.Prefixes.Add(address.ToString());
        _listener.Start();
        _loop = AnswerAsync();
        var kubeconfig = new Kubeconfig { Path = "test", Context = "test", Server = address, Namespace = "shop" };
        Client = new KubernetesClient(kubeconfig, TimeProvider.System);
    }

    public KubernetesClient Client { get; }

    public string this[string path]
    {
        set => _answers[path] = value;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _listener.Close();
        await _loop;
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var found = _answers.TryGetValue(context.Request.Url!.AbsolutePath, out var body);
                context.Response.StatusCode = found ? 200 : 404;
                context.Response.ContentType = "application/json";
                const string Missing =
                    """{"kind":"Status","status":"Failure","reason":"NotFound","message":"not found","code":404}""";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body ?? Missing));
                context.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
