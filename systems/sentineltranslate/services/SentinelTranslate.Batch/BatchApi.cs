using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reference.Redis;
using Reference.Web;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Batch;

/// <summary>The batch API's endpoints.</summary>
internal sealed partial class BatchApi(JobChannel queue, TimeProvider time, ILogger log)
{
    private static readonly string[] Needed = ["s3_bucket", "s3_key", "text_column", "source_lang"];

    public void MapTo(WebApplication app)
    {
        // Like the sidecar's, it speaks of this process alone.
        app.MapGet("/health", context => context.AnswerAsync(
            StatusCodes.Status200OK, new JsonObject { ["status"] = "healthy", ["service"] = "frontend" }));
        app.MapPost("/batch/translate", SubmitAsync);
        app.MapGet("/batch/status/{job_id}", StatusAsync);
    }

    private async Task SubmitAsync(HttpContext context)
    {
        if (await context.ReadObjectAsync() is not { } body)
        {
            await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, "The body is no JSON object.");
            return;
        }

        if (Needed.FirstOrDefault(field => body.Text(field) is null) is { } missing)
        {
            await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, $"'{missing}' is missing.");
            return;
        }

        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var job = new BatchJob(
            id, body.Text("s3_bucket")!, body.Text("s3_key")!, body.Text("text_column")!, body.Text("source_lang")!,
            body.Text("target_lang") ?? "en",
            body.Text("output_s3_bucket") ?? body.Text("s3_bucket")!,
            body.Text("output_s3_key") ?? $"{body.Text("s3_key")}.{id}.translated",
            body.Text("id_column"));
        await AnsweredAsync(context, async () =>
        {
            await queue.EnqueueAsync(job, context.RequestAborted);
            LogTaken(log, id, job.Bucket, job.Key);
            return new JsonObject
            {
                ["job_id"] = id,
                ["status"] = "submitted",
                ["message"] = $"The result will be s3://{job.OutputBucket}/{job.OutputKey}.",
            };
        });
    }

    private Task StatusAsync(HttpContext context)
    {
        var id = (string?)context.Request.RouteValues["job_id"];
        return !Guid.TryParseExact(id, "D", out _)
            ? RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, "A job's id is a UUID.")
            : AnsweredAsync(context, async () =>
            {
                var state = await queue.BatchAsync(id, context.RequestAborted);
                return new JsonObject
                {
                    ["job_id"] = id,
                    ["status"] = state.Status,
                    ["result"] = state.Result?.DeepClone(),
                    ["error"] = state.Error,
                };
            });
    }

    private async Task AnsweredAsync(HttpContext context, Func<Task<JsonObject>> answer)
    {
        JsonObject body;
        try
        {
            body = await answer();
        }
        catch (RedisUnavailableException failure)
        {
            LogNoBroker(log, failure.Message);
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, failure.Message);
            return;
        }

        await context.AnswerAsync(StatusCodes.Status200OK, body);
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        context.AnswerAsync(status, new JsonObject { ["detail"] = detail });

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Batch {Job} taken: s3://{Bucket}/{Key}")]
    private static partial void LogTaken(ILogger log, string job, string bucket, string key);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Cannot reach the broker: {Reason}")]
    private static partial void LogNoBroker(ILogger log, string reason);
}
