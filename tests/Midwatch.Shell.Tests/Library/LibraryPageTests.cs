using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Tests.Interpretation;

namespace Midwatch.Shell.Tests.Library;

/// <summary>The page on the library shows code that is compiled and run here, letter by letter.</summary>
public sealed class LibraryPageTests
{
    private const string Page = "docs/reference/shell-library.md";

    [Fact]
    public void Every_example_of_the_page_is_code_of_ours()
    {
        var code = Unindented(string.Join('\n', Directory
            .GetFiles(Path.Combine(Root(), "tests/Midwatch.Shell.Tests/Library"), "*.cs")
            .Where(path => !path.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)));
        var examples = Examples(File.ReadAllText(Path.Combine(Root(), Page))).ToArray();
        Assert.True(examples.Length >= 4, $"{examples.Length} examples");
        Assert.All(examples, example => Assert.Contains(Unindented(example), code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_example_runs_scripts_as_the_page_says()
    {
        using var folder = new Folder();
        var output = folder.File("printed");

        var outcome = await LibraryExample.RunAsync(
            "printf '%s\\n' b \"$POD\" <name> | sort > sorted; grep -c web sorted", folder.Path, output);
        Assert.Equal(new ShellOutcome.Exited(0), outcome);
        Assert.Equal("2\n", await ReadAsync(output));
        Assert.Equal("b\nweb 0; rm *\nweb-0\n", await ReadAsync(folder.File("sorted")));

        var refused = Assert.IsType<ShellOutcome.Refused>(
            await LibraryExample.RunAsync("echo a > made; rm <name>", folder.Path, output));
        Assert.Equal(["SH2004"], refused.Reasons.Select(reason => reason.Code));
        Assert.False(File.Exists(folder.File("made")));

        var stopped = Assert.IsType<ShellOutcome.Stopped>(
            await LibraryExample.RunAsync("c=$(echo rm); echo a; $c x", folder.Path, output));
        Assert.Equal("SH2004", stopped.Reason.Code);
        Assert.Equal("a\n", await ReadAsync(output));

        Assert.IsType<ShellOutcome.Refused>(await LibraryExample.RunAsync("echo 'a", folder.Path, output));
        Assert.Equal(2, LibraryExample.Locate("some output\n$ ls").Line);
        LibraryExample.Parse("echo 'a");
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static string Unindented(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static IEnumerable<string> Examples(string page) => page.Split("```csharp\n").Skip(1)
        .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Midwatch.slnx")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new DirectoryNotFoundException("Midwatch.slnx is in no folder above the tests.");
        }

        return directory;
    }
}
