using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Tests.Hosting;

public sealed class ManifestFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-manifests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Documents_come_in_the_order_of_files_with_their_lines()
    {
        Write("20-b.yaml", "kind: Secret\napiVersion: v1\nmetadata: {name: two}\n");
        Write("10-a.yaml",
            "# why\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n---\n# nothing\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
        var folder = ManifestFolder.Read(_folder, new Dictionary<string, string>());
        Assert.Empty(folder.Errors);
        Assert.Equal(
            [("one", 2), ("p", 8), ("two", 1)],
            folder.Documents.Select(document => (document.Name, (int)document.Line)));
    }

    [Fact]
    public void Values_are_put_in_before_the_text_is_read()
    {
        Write("a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {url: \"${URL}/x\", other: \"${1}\"}\n");
        var folder = ManifestFolder.Read(_folder, new Dictionary<string, string> { ["URL"] = "https://h" });
        Assert.Equal("""{"url":"https://h/x","other":"${1}"}""",
            Assert.Single(folder.Documents).Body["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("kind: Pod\n- x\n", ":2:")]
    [InlineData("kind: Pod\nmetadata: {name: x}\n", ":1: apiVersion is missing")]
    [InlineData("- a\n- b\n", ":1: this is not a Kubernetes object")]
    public void A_mistake_names_file_and_line(string text, string error)
    {
        Write("bad.yaml", text);
        Assert.Contains("bad.yaml" + error,
            Assert.Single(ManifestFolder.Read(_folder, new Dictionary<string, string>()).Errors),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_a_mistake() =>
        Assert.Contains("no manifests",
            Assert.Single(ManifestFolder.Read(_folder, new Dictionary<string, string>()).Errors),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a: \"1\"", """{"a":"1"}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: 100m", """{"a":"100m"}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: .", """{"a":"."}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    public void Scalars_have_the_types_that_kubectl_gives_them(string yaml, string json)
    {
        Write("a.yaml", "apiVersion: v1\nkind: X\nmetadata: {name: a}\nv: {" + yaml + "}\n");
        var document = Assert.Single(ManifestFolder.Read(_folder, new Dictionary<string, string>()).Documents);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), document.Body["v"]), document.Body["v"]!.ToJsonString());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
