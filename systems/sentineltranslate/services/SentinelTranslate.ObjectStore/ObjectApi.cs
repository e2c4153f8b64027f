using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Reference.Blobs;
using SentinelTranslate.Objects;

namespace SentinelTranslate.ObjectStore;

/// <summary>The part of S3's protocol that keeps objects: read, write, delete, list; every request signed.</summary>
/// <param name="buckets">Their names; there are no others.</param>
internal sealed partial class ObjectApi(
    AccessKey key, ImmutableArray<string> buckets, BlobStore store, TimeProvider time, ILogger log)
{
    private const int ObjectMost = 64 << 20;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    public void MapTo(WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("OK"));
        app.Map("/{bucket}", context => SignedAsync(context, ListAsync));
        app.Map("/{bucket}/{**name}", context => SignedAsync(context, ObjectAsync));
    }

    private async Task SignedAsync(HttpContext context, Func<HttpContext, byte[], Task> action)
    {
        var request = context.Request;
        if (request.ContentLength is > ObjectMost)
        {
            await RefuseAsync(context, 400, "EntityTooLarge");
            return;
        }

        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, context.RequestAborted);
        var body = content.ToArray();
        if (Signed(request) is not { } signed || !key.Made(request.Headers.Authorization, signed))
        {
            LogRefused(log, request.Method, request.Path);
            await RefuseAsync(context, 403, "SignatureDoesNotMatch");
            return;
        }

        if (signed.PayloadHash != AccessKey.Hash(body))
        {
            await RefuseAsync(context, 400, "XAmzContentSHA256Mismatch");
            return;
        }

        if (!buckets.Contains(Value(context, "bucket")))
        {
            await RefuseAsync(context, 404, "NoSuchBucket");
            return;
        }

        try
        {
            await action(context, body);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailure(log, failure.Message);
            await RefuseAsync(context, 500, "InternalError");
        }
    }

    // What the client says that it signed; null when that cannot be or is too old.
    private SignedRequest? Signed(HttpRequest request)
    {
        var date = request.Headers["x-amz-date"].ToString();
        var names = request.Headers.Authorization.ToString().Split("SignedHeaders=", 2).ElementAtOrDefault(1)
            ?.Split(',')[0].Trim().Split(';') ?? [];
        return names.Contains("host")
            && DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var made)
            && (time.GetUtcNow() - made).Duration() < ClockSkew
            ? new SignedRequest(
                request.Method,
                request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0],
                request.Query.ToImmutableSortedDictionary(
                    pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal),
                names.Distinct().ToImmutableSortedDictionary(
                    name => name, name => request.Headers[name].ToString(), StringComparer.Ordinal),
                request.Headers["x-amz-content-sha256"].ToString(),
                date)
            : null;
    }

    private Task ListAsync(HttpContext context, byte[] body)
    {
        var bucket = Value(context, "bucket");
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return RefuseAsync(context, 405, "MethodNotAllowed");
        }

        var prefix = context.Request.Query["prefix"].ToString();
        var objects = store.List(bucket, prefix).Where(one => one.IsCurrent).ToImmutableArray();
        return AnswerAsync(context, 200, new XElement("ListBucketResult",
            new XElement("Name", bucket),
            new XElement("Prefix", prefix),
            new XElement("KeyCount", objects.Length),
            new XElement("IsTruncated", false),
            objects.Select(one => new XElement("Contents",
                new XElement("Key", one.Blob), new XElement("Size", one.Length)))));
    }

    private Task ObjectAsync(HttpContext context, byte[] body)
    {
        var (bucket, name) = (Value(context, "bucket"), Value(context, "name"));
        switch (context.Request.Method)
        {
            case "GET" or "HEAD":
                return store.Find(bucket, name, version: null) is { } found
                    ? SendAsync(context, store.Read(found)) : RefuseAsync(context, 404, "NoSuchKey");
            case "PUT":
                _ = store.Put(bucket, name, body);
                LogStored(log, bucket, name, body.Length);
                return Task.CompletedTask;
            case "DELETE":
                _ = store.Delete(bucket, name);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            default:
                return RefuseAsync(context, 405, "MethodNotAllowed");
        }
    }

    private static async Task SendAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private static string Value(HttpContext context, string name) =>
        context.Request.RouteValues[name]?.ToString() ?? "";

    private static Task RefuseAsync(HttpContext context, int status, string code) =>
        AnswerAsync(context, status, new XElement("Error", new XElement("Code", code)));

    private static Task AnswerAsync(HttpContext context, int status, XElement answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(answer.ToString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Stored {Bucket}/{Name}, {Length} bytes")]
    private static partial void LogStored(ILogger log, string bucket, string name, int length);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "SignatureDoesNotMatch for {Method} {Path}")]
    private static partial void LogRefused(ILogger log, string method, string path);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The disk refuses: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);
}
