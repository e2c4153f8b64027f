using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reference.Redis;
using SentinelTranslate.Objects;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Worker;

/// <summary>Translates a table of the object store row by row, and writes the result there.</summary>
internal sealed class BatchTranslator(ObjectClient objects, TritonClient triton, JobChannel channel)
{
    private const int ProgressRows = 100;
    private const int FailedShown = 10;

    /// <returns>What came of it; a failure says why. Single rows may fail in a batch that succeeds.</returns>
    public async Task<BatchState> TranslateAsync(BatchJob job, CancellationToken cancellationToken)
    {
        try
        {
            var table = Encoding.UTF8.GetString(await objects.GetAsync(job.Bucket, job.Key, cancellationToken));
            var (rows, problem) = Read(table, job.TextColumn);
            return problem is null
                ? await TranslateAsync(job, rows, cancellationToken)
                : BatchState.Failure($"s3://{job.Bucket}/{job.Key}, {problem}");
        }
        catch (ObjectStoreException failure)
        {
            return BatchState.Failure(failure.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return BatchState.Failure($"The inference server did not answer: {failure.Message}");
        }
    }

    private async Task<BatchState> TranslateAsync(
        BatchJob job, ImmutableArray<JsonObject> rows, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var failed = new List<int>();
        for (var index = 0; index < rows.Length; index++)
        {
            var row = rows[index];
            var result = await triton.TranslateAsync(
                row[job.TextColumn]!.GetValue<string>(), job.SourceLanguage, job.TargetLanguage, cancellationToken);
            var done = job.IdColumn is { } id ? new JsonObject { [id] = row[id]?.DeepClone() } : row;
            done["translation"] = result.Status == "SUCCESS" ? result.Text : null;
            if (result.Status != "SUCCESS")
            {
                failed.Add(index);
                done["error"] = result.Text;
            }

            output.Append(done.ToJsonString()).Append('\n');
            if ((index + 1) % ProgressRows == 0)
            {
                await TellAsync(job, BatchState.Progress(index + 1, rows.Length), cancellationToken);
            }
        }

        await objects.PutAsync(
            job.OutputBucket, job.OutputKey, Encoding.UTF8.GetBytes(output.ToString()), cancellationToken);
        return BatchState.Success(new JsonObject
        {
            ["job_id"] = job.Id,
            ["output_location"] = $"s3://{job.OutputBucket}/{job.OutputKey}",
            ["total_rows"] = rows.Length,
            ["successful_translations"] = rows.Length - failed.Count,
            ["failed_rows"] = failed.Count,
            ["failed_indices"] = new JsonArray([.. failed.Take(FailedShown).Select(row => (JsonNode)row)]),
            ["source_lang"] = job.SourceLanguage,
            ["target_lang"] = job.TargetLanguage,
        });
    }

    private async Task TellAsync(BatchJob job, BatchState state, CancellationToken cancellationToken)
    {
        try
        {
            await channel.StoreAsync(job.Id, state, cancellationToken);
        }
        catch (RedisUnavailableException)
        {
            // How far it is matters less than that it goes on; whether its end can be stored is told then.
        }
    }

    // Each line is an object that has the text; empty lines do not count.
    private static (ImmutableArray<JsonObject> Rows, string? Problem) Read(string table, string column)
    {
        var rows = ImmutableArray.CreateBuilder<JsonObject>();
        var number = 0;
        foreach (var line in table.Split('\n'))
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            if (Parse(line) is not { } row)
            {
                return ([], $"line {number}: it is no JSON object");
            }

            if (row[column] is not JsonValue value || !value.TryGetValue<string>(out _))
            {
                return ([], $"line {number}: it has no text '{column}'");
            }

            rows.Add(row);
        }

        return (rows.ToImmutable(), null);
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
