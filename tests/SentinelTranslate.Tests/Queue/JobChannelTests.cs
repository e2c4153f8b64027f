using Reference.Redis;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Tests.Queue;

public sealed class JobChannelTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Jobs_come_out_in_the_order_they_went_in_and_their_results_are_found()
    {
        await using var server = await RedisServer.StartAsync();
        using var broker = server.Client(0);
        using var results = server.Client(1);
        var channel = new JobChannel(broker, results);
        var first = new TranslationJob("1", "Été «\r\n»", "fr", "en");
        await channel.EnqueueAsync(first, Cancelled);
        await channel.EnqueueAsync(first with { Id = "2" }, Cancelled);
        Assert.Equal(2, await channel.LengthAsync(Limit, Cancelled));
        Assert.Equal(first, TranslationJob.Parse((await channel.TakeAsync(1, Cancelled))!));
        Assert.Equal("2", TranslationJob.Parse((await channel.TakeAsync(1, Cancelled))!)?.Id);
        Assert.Null(await channel.TakeAsync(1, Cancelled));
        Assert.Equal(JobResult.Pending, await channel.ResultAsync("1", Cancelled));
        await channel.StoreAsync("1", JobResult.Success("Summer"), Cancelled);
        Assert.Equal(JobResult.Success("Summer"), await channel.ResultAsync("1", Cancelled));
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_in_the_systems_own_words()
    {
        var nowhere = new RedisAddress("127.0.0.1", 1, 0);
        using var client = new RedisClient(nowhere, TimeProvider.System);
        var failure = await Assert.ThrowsAsync<RedisUnavailableException>(
            () => new JobChannel(client, client).PingAsync(Limit, Cancelled));
        Assert.StartsWith("Connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_hangs_is_none_and_is_one_again_once_it_goes_on()
    {
        await using var server = await RedisServer.StartAsync();
        using var client = server.Client(0);
        var channel = new JobChannel(client, client);
        await channel.PingAsync(Limit, Cancelled);
        server.Freeze(true);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => channel.PingAsync(Limit, Cancelled));
        server.Freeze(false);
        await channel.PingAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"id":"1","task":"tasks.other","text":"x","source_lang":"fr","target_lang":"en"}""")]
    [InlineData("""{"id":1,"task":"tasks.translate"}""")]
    public void A_message_of_someone_else_is_no_job(string message) => Assert.Null(TranslationJob.Parse(message));

    [Theory]
    [InlineData("redis://redis:6379/1", "redis", 6379, 1)]
    [InlineData("redis://redis", "redis", 6379, 0)]
    public void Addresses_are_read_as_celery_writes_them(string text, string host, int port, int database) =>
        Assert.Equal(new RedisAddress(host, port, database), RedisAddress.Parse(text));

    [Theory]
    [InlineData("redis:6379")]
    [InlineData("http://redis:6379/0")]
    [InlineData("redis://redis/zero")]
    public void Other_addresses_are_refused(string text) =>
        Assert.Throws<FormatException>(() => RedisAddress.Parse(text));
}
