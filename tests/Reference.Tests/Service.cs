using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Reference.Tests;

/// <summary>A service on a free port of loopback, and what it answers.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private Service(WebApplication app) =>
        (_app, _http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<Service> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        map(app);
        await app.StartAsync(Stop);
        return new Service(app);
    }

    internal Uri Address => _http.BaseAddress!;

    internal async Task<Answer> GetAsync(string path) =>
        await Answer.OfAsync(await _http.GetAsync(new Uri(path, UriKind.Relative), Stop));

    internal async Task<Answer> PostAsync(string path, string body = "")
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await Answer.OfAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), content, Stop));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string Body)
    {
        internal JsonNode Json => JsonNode.Parse(Body)!;

        internal static async Task<Answer> OfAsync(HttpResponseMessage response)
        {
            using (response)
            {
                return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
            }
        }
    }
}
