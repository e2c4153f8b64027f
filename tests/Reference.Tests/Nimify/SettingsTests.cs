using Nimify.Predictions;

namespace Reference.Tests.Nimify;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("TRITON_URL", "triton-server:8000")]
    [InlineData("TRITON_URL", null)]
    [InlineData("MODEL_NAME", "")]
    [InlineData("INFERENCE_TIMEOUT_MS", "soon")]
    [InlineData("INFERENCE_TIMEOUT_MS", "0")]
    [InlineData("DATABASE_URL", null)]
    public void A_value_that_cannot_be_used_is_named(string name, string? value)
    {
        var settings = Good();
        settings[name] = value;
        var failure = Assert.Throws<FormatException>(() => NimifySettings.Read(settings.GetValueOrDefault));
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Good_settings_are_read_and_the_cache_lies_below_the_containers_root()
    {
        var read = NimifySettings.Read(Good().GetValueOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(2), read.InferenceLimit);
        Assert.Equal("/root-of-container/cache", read.CacheDirectory);
    }

    private static Dictionary<string, string?> Good() => new()
    {
        ["TRITON_URL"] = "http://triton-server:8000",
        ["MODEL_NAME"] = "m",
        ["DATABASE_URL"] = "postgresql://u:p@h/d",
        ["INFERENCE_TIMEOUT_MS"] = "2000",
        ["CACHE_DIRECTORY"] = "/cache",
        ["MIDWATCH_ROOT"] = "/root-of-container",
    };
}
