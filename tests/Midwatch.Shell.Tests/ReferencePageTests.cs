using System.Text.RegularExpressions;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Interpretation.Builtins;
using Midwatch.Shell.Tests.Oracle;
using Midwatch.Shell.Tests.Syntax;

namespace Midwatch.Shell.Tests;

/// <summary><c>docs/reference/shell.md</c> says what the code does.</summary>
public sealed partial class ReferencePageTests
{
    private static readonly string Page =
        File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs/reference/shell.md"));

    [Fact]
    public void The_builtins_are_those_of_the_table() =>
        Assert.Equal(BuiltinTable.Names.Order(StringComparer.Ordinal),
            Listed("Builtins: `").Order(StringComparer.Ordinal));

    [Fact]
    public void The_builtins_that_are_refused_are_those_that_the_code_refuses() =>
        Assert.Equal(UnsupportedCommands.Names, Listed("Builtins that are refused: `").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_has_a_row_and_every_row_a_code()
    {
        var used = RepositoryFolder.Sources("src/Midwatch.Shell").Concat(RepositoryFolder.Sources("src/Midwatch.Cli"))
            .SelectMany(text => Quoted().Matches(text).Select(match => match.Groups["code"].Value)).Distinct();
        var told = Row().Matches(Page).Select(match => match.Groups["code"].Value);
        Assert.Equal(used.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_differences_from_shfmt_are_those_of_the_list() =>
        Assert.Equal(
            DeliberateDifference.All.Select(difference => difference.Id).Order(StringComparer.Ordinal),
            DifferenceRow().Matches(Page[Page.IndexOf("### Held against shfmt", StringComparison.Ordinal)..])
                .SelectMany(match => match.Groups["ids"].Value.Split(", "))
                .Select(id => id.Trim('`')).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("100 levels of nesting",
        "src/Midwatch.Shell/Syntax/ShellParserOptions.cs", "NestingDepthMax { get; init; } = 100;")]
    [InlineData("100,000 words", "src/Midwatch.Shell/Expansion/Expander.cs", "WordsMax = 100_000;")]
    public void The_limits_are_those_of_the_code(string told, string path, string written)
    {
        Assert.Contains(told, Page, StringComparison.Ordinal);
        Assert.Contains(written, File.ReadAllText(Path.Combine(RepositoryFolder.Root, path)), StringComparison.Ordinal);
    }

    /// <summary>The names between the backticks behind a beginning.</summary>
    private static string[] Listed(string beginning)
    {
        var start = Page.IndexOf(beginning, StringComparison.Ordinal) + beginning.Length;
        Assert.True(start >= beginning.Length, beginning);
        return Page[start..Page.IndexOf('`', start)].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"""(?<code>SH\d{4})""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| (?<code>SH\d{4}) \|", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<ids>`[a-z-]+`(, `[a-z-]+`)*) \| (\d|not counted)",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex DifferenceRow();
}
