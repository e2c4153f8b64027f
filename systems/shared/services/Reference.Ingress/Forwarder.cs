using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Reference.Ingress;

/// <summary>Hands a request on to the Service that its Ingress names, and the answer back.</summary>
internal sealed partial class Forwarder(RouteTable routes, HttpClient http, ILogger log)
{
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        // RFC 9110 section 7.6.1: these belong to one connection only.
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host",
    };

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (routes.Find(request.Host.Host, request.Path) is not { } route)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("default backend - 404", context.RequestAborted);
        }
        else
        {
            await ForwardAsync(context, route);
        }

        LogRequest(log, request.Method, request.Path, context.Response.StatusCode);
    }

    private async Task ForwardAsync(HttpContext context, IngressRoute route)
    {
        var target = new Uri(route.Backend, context.Request.GetEncodedPathAndQuery());
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target)
        {
            Content = new StreamContent(context.Request.Body),
        };
        Copy(context.Request.Headers, request);
        try
        {
            using var answer = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)
                .Where(header => !NotForwarded.Contains(header.Key)))
            {
                context.Response.Headers[name] = new StringValues([.. values]);
            }

            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException failure)
        {
            // Nobody behind the Service, as nginx answers it.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            LogFailure(log, failure.Message, target);
        }
        catch (TaskCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
            LogFailure(log, "upstream timed out", target);
        }
    }

    private static void Copy(IHeaderDictionary headers, HttpRequestMessage request)
    {
        foreach (var (name, values) in headers.Where(header => !NotForwarded.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                _ = request.Content!.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "\"{Method} {Path}\" {Status}")]
    private static partial void LogRequest(ILogger log, string method, PathString path, int status);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error,
        Message = "{Reason} while connecting to upstream, upstream: \"{Target}\"")]
    private static partial void LogFailure(ILogger log, string reason, Uri target);
}
