using System.Text.RegularExpressions;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Wording;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Tests.Data;

/// <summary>What is compiled in is what the YAML files say.</summary>
public sealed class CompiledDataTests
{
    public static TheoryData<string> Files() => [.. typeof(DataFile).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_compiled_form_holds_what_the_file_holds(string name)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "src/Midwatch.Runbooks", name))));
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new BinaryReader(stream);

        Assert.Equal(Words(DataNode.Of(yaml.Documents[0].RootNode)), Words(DataNode.Read(reader)));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Every_file_is_compiled_in() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Midwatch.Runbooks"), "*.yaml",
            SearchOption.AllDirectories).Count(path => path.Contains("/Data/", StringComparison.Ordinal)),
        Files().Count);

    [Theory]
    [InlineData("Wording/Data/headings.yaml", "phases")]
    [InlineData("Wording/Data/gates.yaml", "conditions")]
    [InlineData("Placeholders/Data/placeholders.yaml", "names")]
    [InlineData("Blocks/Data/sessions.yaml", "openers")]
    public void The_patterns_of_lexicons_are_code(string file, string list) => Assert.All(
        DataFile.Read(file).Maps(list), map => Assert.NotNull(BuiltPatterns.Find("i" + map.Required("pattern"))));

    [Fact]
    public void What_lexicons_join_is_code() => Assert.NotNull(BuiltPatterns.Find(
        "i" + HeadingLexicon.AnyLatin(DataFile.Read("Wording/Data/headings.yaml").Maps("phases"))));

    [Fact]
    public void The_paths_of_secret_files_are_code() => Assert.All(
        DataFile.Read("Effects/Data/secret-files.yaml").Texts("secretPaths"),
        path => Assert.NotNull(BuiltPatterns.Find("c" + path)));

    [Theory]
    [InlineData("Check if the pod is down")]
    [InlineData("ERROR: cannot be undone; wait for it to recover, then verify the metrics")]
    public void Code_and_automaton_find_the_same(string text)
    {
        foreach (var map in DataFile.Read("Wording/Data/headings.yaml").Maps("phases"))
        {
            var pattern = map.Required("pattern");
            var linear = new Regex(pattern,
                RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
            var found = linear.Match(text);
            var built = DataPattern.IgnoringCase(pattern).Match(text);
            Assert.Equal((found.Success, found.Index, found.Value), (built.Success, built.Index, built.Value));
        }
    }

    [Fact]
    public void A_long_text_and_one_with_long_gaps_are_matched_in_linear_time()
    {
        var pattern = DataPattern.IgnoringCase(DataFile.Read("Wording/Data/sentences.yaml").Required("samples"));

        Assert.True(pattern.IsMatch(string.Concat(Enumerable.Repeat("output ", 100_000)) + ":"));
        Assert.False(pattern.IsMatch("output" + new string(' ', 1_000_000) + "."));
    }

    private static IEnumerable<string> Words(DataNode node) =>
    [
        $"{node.Line} {node.Text} {node.IsList} {(node.Keys.IsDefault ? "" : string.Join('|', node.Keys))}",
        .. node.Children.IsDefault ? [] : node.Children.SelectMany(Words),
    ];
}
