using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SentinelTranslate.Queue.Jobs;
using SentinelTranslate.Tests.Queue;
using SentinelTranslate.Worker;

namespace SentinelTranslate.Tests.Batch;

public sealed class BatchTranslatorTests
{
    private static readonly BatchJob Job = new(
        "1", "texts", "in.jsonl", "text", "fr", "en", "texts", "out.jsonl", IdColumn: null);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_batch_in_the_queue_is_no_text_and_the_other_way_round()
    {
        var batch = Job with { IdColumn = "id" };
        Assert.Equal(batch, BatchJob.Parse(batch.ToMessage()));
        Assert.Null(TranslationJob.Parse(batch.ToMessage()));
        Assert.Null(BatchJob.Parse(new TranslationJob("1", "a", "fr", "en").ToMessage()));
    }

    [Fact]
    public async Task Each_row_gets_its_translation_and_a_row_that_fails_spoils_no_other()
    {
        var (state, output) = await TranslateAsync(
            Job with { IdColumn = "id" },
            """
            {"id":7,"text":"bonjour","more":1}

            {"id":8,"text":"???"}
            {"id":9,"text":"merci"}
            """);
        Assert.Equal("SUCCESS", state.Status);
        Assert.Equal((3, 2, 1), ((int)state.Result!["total_rows"]!, (int)state.Result["successful_translations"]!,
            (int)state.Result["failed_rows"]!));
        Assert.Equal("[1]", state.Result["failed_indices"]!.ToJsonString());
        Assert.Equal("s3://texts/out.jsonl", (string?)state.Result["output_location"]);
        Assert.Equal(
            """
            {"id":7,"translation":"BONJOUR"}
            {"id":8,"translation":null,"error":"no words"}
            {"id":9,"translation":"MERCI"}

            """, output);
    }

    [Fact]
    public async Task Without_an_id_all_fields_stay()
    {
        var (_, output) = await TranslateAsync(Job, """{"text":"merci","more":[1]}""");
        Assert.Equal("{\"text\":\"merci\",\"more\":[1],\"translation\":\"MERCI\"}\n", output);
    }

    [Fact]
    public async Task How_far_a_long_batch_is_can_be_seen_before_its_end()
    {
        await using var redis = await RedisServer.StartAsync();
        using var results = redis.Client(1);
        var channel = new JobChannel(results, results);
        _ = await TranslateAsync(Job, string.Join('\n', Enumerable.Repeat("""{"text":"a"}""", 250)), channel);
        var state = await channel.BatchAsync("1", Stop);
        Assert.Equal("PROGRESS", state.Status);
        Assert.Equal((200, 250), ((int)state.Result!["processed"]!, (int)state.Result["total"]!));
    }

    [Theory]
    [InlineData("nonsense", "line 1: it is no JSON object")]
    [InlineData("{\"text\":\"a\"}\n{\"txt\":\"b\"}", "line 2: it has no text 'text'")]
    [InlineData("{\"text\":5}", "line 1: it has no text 'text'")]
    public async Task A_table_that_cannot_be_read_fails_with_the_line(string table, string says)
    {
        var (state, output) = await TranslateAsync(Job, table);
        Assert.Equal("FAILURE", state.Status);
        Assert.Contains(says, state.Error, StringComparison.Ordinal);
        Assert.Null(output);
    }

    private static async Task<(BatchState State, string? Output)> TranslateAsync(
        BatchJob job, string table, JobChannel? channel = null)
    {
        await using var store = await StoreUnderTest.StartAsync();
        var objects = store.Client();
        await objects.PutAsync(job.Bucket, job.Key, Encoding.UTF8.GetBytes(table), Stop);
        using var shouting = new ShoutingServer();
        using var http = new HttpClient(shouting) { BaseAddress = new Uri("http://triton.test") };
        await using var redis = channel is null ? await RedisServer.StartAsync() : null;
        using var results = redis?.Client(1);
        channel ??= new JobChannel(results!, results!);
        var state = await new BatchTranslator(objects, new TritonClient(http), channel).TranslateAsync(job, Stop);
        return (state, state.Status == "SUCCESS"
            ? Encoding.UTF8.GetString(await objects.GetAsync(job.OutputBucket, job.OutputKey, Stop)) : null);
    }

    /// <summary>An inference server whose translation is the text in capitals; without a letter it refuses.</summary>
    private sealed class ShoutingServer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("/v2/models/opus-mt-fr-en/infer", request.RequestUri!.AbsolutePath);
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            var text = body["inputs"]![0]!["data"]![0]!.GetValue<string>();
            return text.Any(char.IsLetter)
                ? Answer(HttpStatusCode.OK, new JsonObject
                {
                    ["outputs"] = new JsonArray(new JsonObject { ["data"] = new JsonArray(text.ToUpperInvariant()) }),
                })
                : Answer(HttpStatusCode.BadRequest, new JsonObject { ["error"] = "no words" });
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject body) =>
            new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
    }
}
