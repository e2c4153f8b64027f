using System.Collections.Immutable;
using System.Text;
using SentinelTranslate.Objects;

namespace SentinelTranslate.Tests.Batch;

public sealed class ObjectStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The example of AWS' own description of the signature: "GET Object".
    [Fact]
    public void A_signature_is_the_one_that_the_protocol_shows()
    {
        var key = new AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");
        var empty = AccessKey.Hash([]);
        var request = new SignedRequest("GET", "/test.txt", Sorted(), Sorted(
            ("host", "examplebucket.s3.amazonaws.com"), ("range", "bytes=0-9"),
            ("x-amz-content-sha256", empty), ("x-amz-date", "20130524T000000Z")), empty, "20130524T000000Z");
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            key.Authorization(request));
    }

    [Theory]
    [InlineData("plain.jsonl"), InlineData("a folder/été ~ 100%.jsonl"), InlineData(".."), InlineData("a/../b")]
    public async Task What_was_written_is_read_under_its_name_and_no_other(string name)
    {
        await using var store = await StoreUnderTest.StartAsync();
        var client = store.Client();
        await client.PutAsync("texts", "other", "other"u8.ToArray(), Stop);
        if (name is ".." or "a/../b")
        {
            // A client's library takes such a path for one that leads upwards, so the signature is about another.
            await Assert.ThrowsAsync<ObjectStoreException>(() => client.PutAsync("texts", name, [1], Stop));
            return;
        }

        await client.PutAsync("texts", name, "first"u8.ToArray(), Stop);
        await client.PutAsync("texts", name, "second"u8.ToArray(), Stop);
        Assert.Equal("second", Encoding.UTF8.GetString(await client.GetAsync("texts", name, Stop)));
        Assert.Equal("other", Encoding.UTF8.GetString(await client.GetAsync("texts", "other", Stop)));
    }

    [Theory]
    [InlineData("texts", "missing", "404 NoSuchKey for s3://texts/missing")]
    [InlineData("no-such-bucket", "a", "404 NoSuchBucket")]
    public async Task What_is_not_there_is_told(string bucket, string name, string says)
    {
        await using var store = await StoreUnderTest.StartAsync();
        var refused = await Assert.ThrowsAsync<ObjectStoreException>(
            () => store.Client().GetAsync(bucket, name, Stop));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_another_key_or_none_gets_nothing()
    {
        await using var store = await StoreUnderTest.StartAsync();
        await store.Client().PutAsync("texts", "a", [1], Stop);
        var other = store.Client(StoreUnderTest.Key with { Secret = "another" });
        var refused = await Assert.ThrowsAsync<ObjectStoreException>(() => other.GetAsync("texts", "a", Stop));
        Assert.Contains("403 SignatureDoesNotMatch", refused.Message, StringComparison.Ordinal);
        using var answer = await store.Http.GetAsync(new Uri("/texts/a", UriKind.Relative), Stop);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static ImmutableSortedDictionary<string, string> Sorted(params (string Name, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
}
