using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Midwatch.Testing;
using PyAirtable.Gateway;
using Reference.Resilience;
using Reference.Web;

namespace Reference.Tests.PyAirtable;

/// <summary>The gateway between callers and two services, one of which can be made to fail.</summary>
public sealed class GatewayTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private readonly ManualTimeProvider _time = new();
    private bool _authFails;
    private int _authAsked;

    [Fact]
    public async Task A_known_token_is_good_while_the_auth_service_fails_and_nobody_else_gets_in()
    {
        await using var auth = await AuthAsync();
        await using var platform = await PlatformAsync();
        await using var gateway = await GatewayAsync(auth, platform);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(gateway, "", "Bearer good")).Status);
        Assert.Equal("tables of ada", (await Ask(gateway, "key", "Bearer good")).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(gateway, "key", "Bearer bad")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(gateway, "key", "")).Status);

        _authFails = true;
        Assert.Equal("tables of ada", (await Ask(gateway, "key", "Bearer good")).Body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Ask(gateway, "key", "Bearer new")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Ask(gateway, "key", "Bearer new")).Status);
        var asked = _authAsked;
        Assert.Contains("circuit is open", (await Ask(gateway, "key", "Bearer new")).Body, Exactly);
        Assert.Equal(asked, _authAsked);

        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Ask(gateway, "key", "Bearer good")).Status);
        _authFails = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("tables of ada", (await Ask(gateway, "key", "Bearer good")).Body);
    }

    [Fact]
    public async Task A_caller_cannot_say_who_they_are_and_may_not_ask_too_often()
    {
        await using var auth = await AuthAsync();
        await using var platform = await PlatformAsync();
        await using var gateway = await GatewayAsync(auth, platform);
        Assert.Equal("tables of ada", (await Ask(gateway, "key", "Bearer good", ("X-User-Id", "eve"))).Body);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Ask(gateway, "key", "Bearer good")));
        Assert.Equal(19, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(11, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    private Task<Service> AuthAsync() => Service.StartAsync(app => app.MapPost("/auth/validate", async context =>
    {
        _authAsked++;
        var good = context.Request.Headers.Authorization == "Bearer good";
        await (_authFails ? context.RefuseAsync(503, "redis")
            : good ? context.AnswerAsync(200, new System.Text.Json.Nodes.JsonObject
            {
                ["user_id"] = "ada", ["expires_at"] = _time.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            })
            : context.RefuseAsync(401, "no"));
    }));

    private static Task<Service> PlatformAsync() => Service.StartAsync(app => app.MapGet("/api/v1/tables",
        context => context.Response.WriteAsync($"tables of {context.Request.Headers["X-User-Id"]}")));

    private Task<Service> GatewayAsync(Service auth, Service platform) => Service.StartAsync(app =>
    {
        var (first, second) = (Open("auth-service", auth), Open("platform-services", platform));
        var cache = new TokenCache(TimeSpan.FromMinutes(5), _time);
        new GatewayRoutes(first, second, new TokenCheck(first, cache), cache,
            new Admission(["other", "key"], new RateLimit(20, _time))).MapTo(app);
    });

    private Backend Open(string name, Service service) => new(name, new HttpClient { BaseAddress = service.Address },
        new CircuitBreaker(2, TimeSpan.FromSeconds(15), 3, _time), NullLogger.Instance);

    private static async Task<Service.Answer> Ask(
        Service gateway, string key, string token, params (string Name, string Value)[] more)
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/platform/tables", UriKind.Relative));
        request.Headers.Add("X-API-Key", key);
        _ = request.Headers.TryAddWithoutValidation("Authorization", token);
        foreach (var (name, value) in more)
        {
            request.Headers.Add(name, value);
        }

        return await Service.Answer.OfAsync(await http.SendAsync(request, TestContext.Current.CancellationToken));
    }
}
