using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway;

/// <summary>What callers may ask: accounts without a token, tables and records with one.</summary>
internal sealed class GatewayRoutes(
    Backend auth, Backend platform, TokenCheck tokens, TokenCache cache, Admission admission)
{
    public void MapTo(WebApplication app)
    {
        app.Map("/api/auth/{**path}", context => admission.GuardAsync(context, AccountAsync));
        app.Map("/api/platform/{**path}", context => admission.GuardAsync(context, PlatformAsync));
    }

    private async Task AccountAsync(HttpContext context)
    {
        var path = Path(context);
        var worked = await Forwarder.ForwardAsync(context, auth, $"/auth/{path}", user: null);
        if (worked && path == "logout")
        {
            cache.Forget(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
        }
    }

    private async Task PlatformAsync(HttpContext context)
    {
        var (user, status, problem) = await tokens.WhoAsync(
            context.Request.Headers.Authorization.ToString(), context.RequestAborted);
        await (user is null ? GatewayError.AnswerAsync(context, status, problem)
            : Forwarder.ForwardAsync(context, platform, $"/api/v1/{Path(context)}", user));
    }

    private static string Path(HttpContext context) => context.Request.RouteValues["path"] as string ?? "";
}
