using System.Collections.Immutable;
using System.Globalization;
using System.Web;
using System.Xml.Linq;
using Iris.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Reference.Blobs;

namespace Iris.BlobStorage;

/// <summary>The part of the Azure Blob protocol that is needed to keep models.</summary>
internal sealed partial class BlobApi(SharedKey key, BlobStore store, TimeProvider time, ILogger log)
{
    private const int BlobMost = 64 << 20;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    public void MapTo(WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("OK"));
        app.Map("/{account}/{container}", context => SignedAsync(context, ListAsync));
        app.Map("/{account}/{container}/{**blob}", context => SignedAsync(context, BlobAsync));
    }

    private async Task SignedAsync(HttpContext context, Func<HttpContext, Task> action)
    {
        var request = context.Request;
        var signed = new SignedRequest(
            request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0],
            request.Query.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            SignedRequest.NoHeaders.AddRange(request.Headers.Select(
                header => KeyValuePair.Create(header.Key, header.Value.ToString()))));
        if (request.RouteValues["account"]?.ToString() != key.Account || !IsRecent(request.Headers["x-ms-date"])
            || !key.Made(request.Headers.Authorization, signed))
        {
            LogRefused(log, request.Method, signed.Path);
            await RefuseAsync(context, 403, "AuthenticationFailed");
            return;
        }

        try
        {
            await action(context);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailure(log, failure.Message);
            await RefuseAsync(context, 500, "InternalError");
        }
    }

    private bool IsRecent(string? date) => DateTimeOffset.TryParse(
        date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
        && (time.GetUtcNow() - signed).Duration() < ClockSkew;

    private Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var container = Value(context, "container");
        if (!HttpMethods.IsGet(context.Request.Method) || query["comp"] != "list")
        {
            return RefuseAsync(context, 400, "UnsupportedHttpVerb");
        }

        if (!store.HasContainer(container))
        {
            return RefuseAsync(context, 404, "ContainerNotFound");
        }

        var all = query["include"].ToString().Contains("versions", StringComparison.Ordinal);
        var blobs = store.List(container, query["prefix"].ToString()).Where(blob => all || blob.IsCurrent);
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(new XDocument(new XElement("EnumerationResults",
            new XAttribute("ContainerName", container),
            new XElement("Blobs", blobs.Select(blob => new XElement("Blob",
                new XElement("Name", blob.Blob),
                new XElement("VersionId", blob.Version),
                blob.IsCurrent ? new XElement("IsCurrentVersion", "true") : null,
                new XElement("Properties", new XElement("Content-Length", blob.Length),
                    new XElement("BlobType", "BlockBlob"))))))).ToString(), context.RequestAborted);
    }

    private Task BlobAsync(HttpContext context)
    {
        var (container, blob) = (Value(context, "container"), Value(context, "blob"));
        return context.Request.Method switch
        {
            "GET" or "HEAD" => ReadAsync(context, container, blob),
            "PUT" => WriteAsync(context, container, blob),
            "DELETE" when store.Delete(container, blob) => AnswerAsync(context, 202, version: null),
            "DELETE" => RefuseAsync(context, 404, "BlobNotFound"),
            _ => RefuseAsync(context, 405, "UnsupportedHttpVerb"),
        };
    }

    private async Task ReadAsync(HttpContext context, string container, string blob)
    {
        var version = context.Request.Query["versionid"].ToString() is { Length: > 0 } asked ? asked : null;
        if (store.Find(container, blob, version) is not { } found)
        {
            await RefuseAsync(context, 404, store.HasContainer(container) ? "BlobNotFound" : "ContainerNotFound");
            return;
        }

        context.Response.Headers["x-ms-version-id"] = found.Version;
        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync(store.Read(found), context.RequestAborted);
    }

    private async Task WriteAsync(HttpContext context, string container, string blob)
    {
        var headers = context.Request.Headers;
        if (headers.IfNoneMatch == "*" && store.Find(container, blob, version: null) is not null)
        {
            await RefuseAsync(context, 409, "BlobAlreadyExists");
            return;
        }

        if (headers["x-ms-copy-source"].ToString() is { Length: > 0 } source)
        {
            var version = HttpUtility.ParseQueryString(source.Split('?').ElementAtOrDefault(1) ?? "")["versionid"];
            await (store.Find(container, blob, version) is { } earlier
                ? StoredAsync(context, container, blob, store.Read(earlier))
                : RefuseAsync(context, 404, "CannotVerifyCopySource"));
            return;
        }

        if (headers["x-ms-blob-type"] != "BlockBlob" || context.Request.ContentLength is not (<= BlobMost))
        {
            await RefuseAsync(context, 400, "InvalidHeaderValue");
            return;
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        await StoredAsync(context, container, blob, content.ToArray());
    }

    private Task StoredAsync(HttpContext context, string container, string blob, byte[] content)
    {
        var stored = store.Put(container, blob, content);
        LogStored(log, container, blob, stored.Version, content.Length);
        return AnswerAsync(context, 201, stored.Version);
    }

    private static Task AnswerAsync(HttpContext context, int status, string? version)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-version-id"] = version;
        return Task.CompletedTask;
    }

    private static string Value(HttpContext context, string name) =>
        context.Request.RouteValues[name]?.ToString() ?? "";

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(
            new XElement("Error", new XElement("Code", code)).ToString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "Stored {Container}/{Blob}, version {Version}, {Length} bytes")]
    private static partial void LogStored(ILogger log, string container, string blob, string version, int length);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "AuthenticationFailed for {Method} {Path}")]
    private static partial void LogRefused(ILogger log, string method, string path);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The disk refuses: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);
}
