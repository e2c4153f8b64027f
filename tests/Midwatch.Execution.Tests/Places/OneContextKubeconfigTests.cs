using Midwatch.Execution.Places;

namespace Midwatch.Execution.Tests.Places;

public sealed class OneContextKubeconfigTests : IDisposable
{
    private const string Source = """
        apiVersion: v1
        kind: Config
        current-context: night
        clusters:
        - name: c1
          cluster: {server: "https://one:6443", certificate-authority: pki/ca.crt}
        - name: c2
          cluster: {server: "https://two:6443"}
        contexts:
        - name: night
          context: {cluster: c1, user: u1, namespace: shop}
        - name: day
          context: {cluster: c2, user: u2}
        - name: lost
          context: {cluster: c3, user: u1}
        users:
        - name: u1
          user: {token: t1}
        - name: u2
          user: {token: t2}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("midwatch-kubeconfig");

    private string Target => Path.Combine(_folder.FullName, "target");

    [Fact]
    public void The_copy_has_one_context_and_is_for_its_owner_only()
    {
        var written = Assert.IsType<KubeconfigWriting.Done>(Write(Source, null));
        Assert.Equal(("night", "shop"), (written.Context, written.Namespace));
        var text = File.ReadAllText(Target);
        Assert.Contains("https://one:6443", text, StringComparison.Ordinal);
        Assert.Contains($"{_folder.FullName}/pki/ca.crt", text, StringComparison.Ordinal);
        Assert.DoesNotContain("two", text, StringComparison.Ordinal);
        Assert.DoesNotContain("t2", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [Theory]
    [InlineData("dusk", "no context 'dusk'", "night, day, lost")]
    [InlineData("lost", "names the cluster 'c3'", "set-context")]
    public void A_context_that_cannot_be_used_is_told_with_a_remedy(string context, string message, string remedy)
    {
        var failed = Assert.IsType<KubeconfigWriting.Failed>(Write(Source, context));
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failed.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: [")]
    [InlineData("just text")]
    [InlineData("kind: Config")]
    public void A_file_that_is_no_kubeconfig_is_told(string text) =>
        Assert.IsType<KubeconfigWriting.Failed>(Write(text, null));

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.IsType<KubeconfigWriting.Failed>(OneContextKubeconfig.Write("/nowhere/config", null, Target));

    public void Dispose() => _folder.Delete(recursive: true);

    private KubeconfigWriting Write(string text, string? context)
    {
        var source = Path.Combine(_folder.FullName, "source");
        File.WriteAllText(source, text);
        return OneContextKubeconfig.Write(source, context, Target);
    }
}
