using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mlops.Tracking;

/// <summary>Files below one folder, over MLflow's artifact API.</summary>
internal sealed partial class ArtifactStore(string folder, ILogger log)
{
    private const string Route = "/api/2.0/mlflow-artifacts/artifacts";

    public void MapTo(WebApplication app)
    {
        app.MapPut(Route + "/{**path}", PutAsync);
        app.MapGet(Route + "/{**path}", GetAsync);
        app.MapGet(Route, ListAsync);
    }

    /// <summary>Where a path of the API lies; null when it would lead out of the folder.</summary>
    internal string? Find(string path)
    {
        var root = Path.GetFullPath(folder);
        var file = Path.GetFullPath(Path.Combine(root, path));
        return file.StartsWith(root + "/", StringComparison.Ordinal) ? file : null;
    }

    private async Task PutAsync(HttpContext context)
    {
        if (Find(Asked(context)) is not { } file)
        {
            await RefuseAsync(context, 400, "the path leads out of the artifact store");
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await using (var draft = File.Create(file + ".new"))
            {
                await context.Request.Body.CopyToAsync(draft, context.RequestAborted);
            }

            File.Move(file + ".new", file, overwrite: true);
            await context.Response.WriteAsync("{}", context.RequestAborted);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailure(log, failure.Message);
            await RefuseAsync(context, 507, failure.Message);
        }
    }

    private async Task GetAsync(HttpContext context)
    {
        if (Find(Asked(context)) is { } file && File.Exists(file))
        {
            await context.Response.SendFileAsync(file, context.RequestAborted);
            return;
        }

        await RefuseAsync(context, 404, "there is no such artifact");
    }

    // What is asked for is compared with what there is, and never opened.
    private Task ListAsync(HttpContext context)
    {
        var asked = context.Request.Query["path"].ToString().Trim('/');
        var below = asked.Length == 0 ? "" : asked + "/";
        var root = Path.GetFullPath(folder);
        string[] files = Directory.Exists(root)
            ? Directory.GetFiles(root, "*", SearchOption.AllDirectories) : [];
        var names = files
            .Select(file => Path.GetRelativePath(root, file))
            .Where(file => file.StartsWith(below, StringComparison.Ordinal))
            .Select(file => file[below.Length..])
            .ToLookup(file => file.Split('/')[0], file => file.Contains('/', StringComparison.Ordinal));
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(new JsonObject
        {
            ["files"] = new JsonArray([.. names.OrderBy(name => name.Key, StringComparer.Ordinal).Select(
                name => (JsonNode)new JsonObject { ["path"] = name.Key, ["is_dir"] = name.First() })]),
        }.ToJsonString(), context.RequestAborted);
    }

    private static string Asked(HttpContext context) => context.Request.RouteValues["path"]?.ToString() ?? "";

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(
            new JsonObject { ["message"] = message }.ToJsonString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "An artifact cannot be stored: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);
}
