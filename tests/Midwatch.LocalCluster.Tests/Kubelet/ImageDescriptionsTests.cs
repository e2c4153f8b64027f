using Midwatch.LocalCluster.Kubelet.Images;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>Image files are read again exactly when they may have changed.</summary>
public sealed class ImageDescriptionsTests : IDisposable
{
    private static readonly DateTime Old = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-images-").FullName;
    private readonly ImageDescriptions _descriptions = new(TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_stays_is_read_once_and_one_that_changes_again()
    {
        var file = Write("""{ "repository": "one" }""", Old);
        var first = _descriptions.Read(file);
        Assert.Equal("one", first!["repository"]!.GetValue<string>());
        Assert.Same(first, _descriptions.Read(file));

        _ = Write("""{ "repository": "two" }""", Old.AddSeconds(1));
        Assert.Equal("two", _descriptions.Read(file)!["repository"]!.GetValue<string>());
        File.Delete(file);
        Assert.Null(_descriptions.Read(file));
    }

    [Fact]
    public void A_file_that_was_written_this_moment_may_be_written_again_within_its_time()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var file = Write("""{ "repository": "one" }""", now);
        _ = _descriptions.Read(file);
        _ = Write("""{ "repository": "two" }""", now);
        Assert.Equal("two", _descriptions.Read(file)!["repository"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{ half a")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_is_no_description_is_none(string text) => Assert.Null(_descriptions.Read(Write(text, Old)));

    private string Write(string text, DateTime at)
    {
        var file = Path.Combine(_folder, "image.json");
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, at);
        return file;
    }
}
