using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.Web;

namespace PyAirtable.Auth;

/// <summary>What the gateway, and through it everybody, asks of the auth service.</summary>
internal sealed class AuthRoutes(
    AuthSettings settings, UserStore users, SessionStore sessions, OutageAnswers outages, TimeProvider time)
{
    private const int PasswordLeast = 8;

    public void MapTo(WebApplication app)
    {
        Map(app, "register", RegisterAsync);
        Map(app, "login", LoginAsync);
        Map(app, "refresh", RefreshAsync);
        Map(app, "change-password", ChangePasswordAsync);
        app.MapPost("/auth/logout", context => outages.GuardAsync(context, LogoutAsync));
        app.MapPost("/auth/validate", context => outages.GuardAsync(context, ValidateAsync));
        app.MapGet("/auth/me", context => outages.GuardAsync(context, MeAsync));
    }

    private void Map(WebApplication app, string name, Func<HttpContext, JsonObject, Task> serve) =>
        app.MapPost($"/auth/{name}", context => outages.GuardAsync(context, async _ =>
        {
            if (await context.ReadObjectAsync() is { } body)
            {
                await serve(context, body);
                return;
            }

            await context.RefuseAsync(400, "a JSON object is expected");
        }));

    private async Task RegisterAsync(HttpContext context, JsonObject body)
    {
        var (email, password) = (body.Text("email")?.ToLowerInvariant(), body.Text("password"));
        if (email?.Contains('@', StringComparison.Ordinal) is not true || password is not { Length: >= PasswordLeast })
        {
            await context.RefuseAsync(400, $"email, and a password of {PasswordLeast} characters, are needed");
            return;
        }

        var user = new User(Guid.CreateVersion7(time.GetUtcNow()), email, PasswordHash.Make(password),
            body.Text("first_name") ?? "", body.Text("last_name") ?? "");
        await (await users.AddAsync(user, context.RequestAborted)
            ? context.AnswerAsync(201, Tell(user))
            : context.RefuseAsync(409, "this address is taken"));
    }

    private async Task LoginAsync(HttpContext context, JsonObject body)
    {
        var user = await users.FindAsync(body.Text("email")?.ToLowerInvariant() ?? "", context.RequestAborted);
        if (user is null || !PasswordHash.Holds(user.Password, body.Text("password") ?? ""))
        {
            await context.RefuseAsync(401, "wrong address or password");
            return;
        }

        await GiveTokensAsync(context, user.Id, RandomName());
    }

    private async Task RefreshAsync(HttpContext context, JsonObject body)
    {
        var token = body.Text("refresh_token") ?? "";
        if (await sessions.TakeAsync(token, context.RequestAborted) is not var (user, session)
            || await sessions.EndedAsync(session, context.RequestAborted))
        {
            await context.RefuseAsync(401, "this refresh token is unknown, used, or has ended");
            return;
        }

        await GiveTokensAsync(context, user, session);
    }

    private async Task LogoutAsync(HttpContext context)
    {
        if (await WhoAsync(context) is not { } token)
        {
            return;
        }

        var body = await context.ReadObjectAsync();
        await sessions.EndAsync(
            token.Session, body?.Text("refresh_token"), settings.AccessLife, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ChangePasswordAsync(HttpContext context, JsonObject body)
    {
        if (await WhoAsync(context) is not { } token)
        {
            return;
        }

        var user = await users.FindAsync(token.User, context.RequestAborted);
        if (user is null || !PasswordHash.Holds(user.Password, body.Text("current_password") ?? ""))
        {
            await context.RefuseAsync(401, "wrong password");
        }
        else if (body.Text("new_password") is not { Length: >= PasswordLeast } password)
        {
            await context.RefuseAsync(400, $"a new password of {PasswordLeast} characters is needed");
        }
        else
        {
            await users.ChangePasswordAsync(user.Id, PasswordHash.Make(password), context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private async Task MeAsync(HttpContext context)
    {
        if (await WhoAsync(context) is { } token)
        {
            var user = await users.FindAsync(token.User, context.RequestAborted);
            await (user is null ? context.RefuseAsync(404, "this user is gone") : context.AnswerAsync(200, Tell(user)));
        }
    }

    private async Task ValidateAsync(HttpContext context)
    {
        if (await WhoAsync(context) is { } token)
        {
            await context.AnswerAsync(200, new JsonObject
            {
                ["user_id"] = token.User.ToString(), ["expires_at"] = token.Expires.ToUnixTimeSeconds(),
            });
        }
    }

    /// <summary>Reads whose token the request bears; answers 401 and gives null when it bears no good one.</summary>
    private async Task<AccessToken?> WhoAsync(HttpContext context)
    {
        var bearer = context.Request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.Ordinal)
            ? AccessToken.Read(bearer["Bearer ".Length..], settings.Key, time.GetUtcNow()) : null;
        if (token is not null && !await sessions.EndedAsync(token.Session, context.RequestAborted))
        {
            return token;
        }

        await context.RefuseAsync(401, "a valid access token is needed");
        return null;
    }

    private async Task GiveTokensAsync(HttpContext context, Guid user, string session)
    {
        var token = new AccessToken(
            RandomName(), user, session, time.GetUtcNow() + settings.AccessLife);
        await context.AnswerAsync(200, new JsonObject
        {
            ["access_token"] = token.Sign(settings.Key),
            ["refresh_token"] = await sessions.BeginAsync(user, session, context.RequestAborted),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)settings.AccessLife.TotalSeconds,
        });
    }

    private static string RandomName() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static JsonObject Tell(User user) => new()
    {
        ["id"] = user.Id.ToString(), ["email"] = user.Email,
        ["first_name"] = user.FirstName, ["last_name"] = user.LastName,
    };
}
