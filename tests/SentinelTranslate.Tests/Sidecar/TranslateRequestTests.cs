using System.Text;
using SentinelTranslate.Sidecar.Translation;

namespace SentinelTranslate.Tests.Sidecar;

public sealed class TranslateRequestTests
{
    [Theory]
    [InlineData("""{"text": "Bonjour", "source_lang": "fr", "target_lang": "en"}""", 0)]
    [InlineData("""{"text": "Bonjour", "source_lang": "fr", "target_lang": "en", "model": "opus", "more": 1}""", 0)]
    [InlineData("""{"text": "Bonjour", "source_lang": "fr", "target_lang": "en", "model": "nllb"}""", 400)]
    [InlineData("""{"text": "", "source_lang": "fr", "target_lang": "en"}""", 422)]
    [InlineData("""{"text": 5, "source_lang": "fr", "target_lang": "en"}""", 422)]
    [InlineData("""{"text": "Bonjour", "source_lang": "french", "target_lang": "en"}""", 422)]
    [InlineData("[1]", 422)]
    [InlineData("{", 422)]
    [InlineData("", 422)]
    public async Task A_body_is_taken_or_refused_with_a_status(string body, int status)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var request = await TranslateRequest.ReadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal(status, request is TranslateRequest.Invalid invalid ? invalid.Status : 0);
    }
}
