using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway;

/// <summary>Passes a request on to a service, and its answer back.</summary>
internal static class Forwarder
{
    private static readonly string[] Passed = ["Authorization", "Accept"];

    /// <param name="path">The service's path; the query is the caller's.</param>
    /// <param name="user">Told to the service; null for none. A caller's own claim never passes.</param>
    /// <returns>Whether the service did what was asked.</returns>
    public static async Task<bool> ForwardAsync(HttpContext context, Backend backend, string path, string? user)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(path + context.Request.QueryString, UriKind.Relative));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            _ = request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        foreach (var name in Passed)
        {
            _ = request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        if (user is not null)
        {
            request.Headers.Add("X-User-Id", user);
        }

        return await AnswerAsync(context, await backend.SendAsync(request, context.RequestAborted));
    }

    private static async Task<bool> AnswerAsync(HttpContext context, BackendAnswer answer)
    {
        switch (answer)
        {
            case BackendAnswer.Answered { Response: var response }:
                using (response)
                {
                    context.Response.StatusCode = (int)response.StatusCode;
                    context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
                    await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
                    return response.IsSuccessStatusCode;
                }

            case BackendAnswer.Refused { Reason: var reason, Wait: var wait }:
                if (wait > TimeSpan.Zero)
                {
                    context.Response.Headers.RetryAfter =
                        ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                }

                await GatewayError.AnswerAsync(context, 503, reason);
                return false;
            default:
                throw new InvalidOperationException("A service answers or refuses.");
        }
    }
}
