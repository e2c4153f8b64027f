using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.Redis;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Sidecar.Translation;

/// <summary>The sidecar's endpoints.</summary>
internal sealed class TranslationApi(JobChannel queue, TimeProvider time)
{
    public void MapTo(WebApplication app)
    {
        // Health speaks of this process alone and never looks at Redis, as the system it is modelled on does.
        app.MapGet("/health", context => AnswerAsync(context, 200, new JsonObject { ["status"] = "ok" }));
        app.MapPost("/translate", TranslateAsync);
        app.MapGet("/status/{job_id}", StatusAsync);
    }

    private async Task TranslateAsync(HttpContext context)
    {
        switch (await TranslateRequest.ReadAsync(context.Request.Body, context.RequestAborted))
        {
            case TranslateRequest.Invalid invalid:
                await RefuseAsync(context, invalid.Status, invalid.Detail);
                break;
            case TranslateRequest.Valid valid:
                await EnqueueAsync(context, valid);
                break;
        }
    }

    private async Task EnqueueAsync(HttpContext context, TranslateRequest.Valid request)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var job = new TranslationJob(id, request.Text, request.SourceLanguage, request.TargetLanguage);
        try
        {
            await queue.EnqueueAsync(job, context.RequestAborted);
        }
        catch (RedisUnavailableException failure)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, failure.Message);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, new JsonObject { ["job_id"] = id });
    }

    private async Task StatusAsync(HttpContext context)
    {
        var id = (string?)context.Request.RouteValues["job_id"];
        if (!Guid.TryParseExact(id, "D", out _))
        {
            await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, "A job's id is a UUID.");
            return;
        }

        try
        {
            var result = await queue.ResultAsync(id, context.RequestAborted);
            var answer = new JsonObject { ["job_id"] = id, ["status"] = result.Status, ["result"] = result.Text };
            await AnswerAsync(context, StatusCodes.Status200OK, answer);
        }
        catch (RedisUnavailableException failure)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, failure.Message);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        AnswerAsync(context, status, new JsonObject { ["detail"] = detail });

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
