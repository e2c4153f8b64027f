using System.Text.RegularExpressions;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Each way in which a text is no bash has a code, a place and a remedy.</summary>
public sealed partial class ShellDiagnosticTests
{
    private static readonly ShellParserOptions Short = ShellParserOptions.Bash with { LengthMax = 40 };

    // The code, the place as line:column, the text.
    public static TheoryData<string, string, string> Bash() => new()
    {
        { "SH1001", "2:6", "ls\necho 'open" },
        { "SH1001", "1:6", "echo \"open $(ls)" },
        { "SH1001", "1:3", "x=$'open" },
        { "SH1002", "1:6", "echo $(ls" },
        { "SH1001", "1:6", "echo `ls" },
        { "SH1002", "1:5", "cat <(ls" },
        { "SH1003", "1:8", "echo a )" },
        { "SH1003", "2:1", "ls\n&& ls" },
        { "SH1003", "1:6", "ls | | cat" },
        { "SH1003", "1:4", "ls ;; cat" },
        { "SH1004", "1:1", "if true; then ls" },
        { "SH1004", "2:3", "ls\n  for x in a; do ls" },
        { "SH1004", "1:1", "case x in a) ls" },
        { "SH1003", "1:13", "while true; done" },
        { "SH1002", "1:6", "echo ${x" },
        { "SH1005", "1:6", "echo ${}" },
        { "SH1006", "1:12", "echo $((1 +" },
        { "SH1006", "1:9", "echo $((1.5))" },
        { "SH1007", "1:1", "[[ a" },
        { "SH1007", "1:1", "[[ a = ]]" },
        { "SH1008", "1:4", "ls >" },
        { "SH1008", "1:5", "cat > # comment" },
        { "SH1008", "1:5", "cat <<< #c" },
        { "SH1008", "1:5", "cat << # c" },
        { "SH1009", "1:52", new string('(', 300) },
        { "SH1011", "1:5", "ls a\0b" },
        { "SH1012", "1:5", "cat <<EOF\nbody" },
    };

    public static TheoryData<string, string, string> Runbooks() => new()
    {
        { "SH1301", "1:4", "rm —rf x" },
        { "SH1301", "1:18", "kubectl get pods –n web" },
        { "SH1302", "1:10", "ls -l -a \\ \n  x" },
        { "SH1303", "1:6", "echo “x”" },
        { "SH1303", "2:6", "ls\necho ‘x’" },
        { "SH1304", "2:3", "ls -l\n  --all" },
        { "SH1305", "1:3", "ls\u00a0-l" },
    };

    [Theory]
    [MemberData(nameof(Bash))]
    public void A_text_that_is_no_bash_has_a_code_a_place_and_a_remedy(string code, string place, string text) =>
        Check(code, place, text, ShellParserOptions.Bash);

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void Damage_is_refused_with_its_place_in_a_runbook_and_taken_by_bash(
        string code, string place, string text)
    {
        Check(code, place, text, ShellParserOptions.Runbook);
        Assert.True(ShellParser.Parse(text, ShellParserOptions.Bash).IsSound);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused() =>
        Check("SH1010", "1:1", new string('a', 41), Short);

    [Fact]
    public void Every_code_of_the_parser_has_a_case_here()
    {
        var cases = Bash().Concat(Runbooks()).Select(row => row.Data.Item1).Append("SH1010").ToHashSet();
        var codes = RepositoryFolder.Sources("src/Midwatch.Shell/Syntax")
            .SelectMany(text => Code().Matches(text).Select(match => match.Value)).ToHashSet();
        Assert.Equal(codes.Order(StringComparer.Ordinal), cases.Order(StringComparer.Ordinal));
    }

    private static void Check(string code, string place, string text, ShellParserOptions options)
    {
        var result = ShellParser.Parse(text, options);
        var diagnostic = Assert.Single(result.Diagnostics);
        var at = ShellPosition.Of(text, diagnostic.Span.Start);
        Assert.Equal((code, place), (diagnostic.Code, $"{at.Line}:{at.Column}"));
        Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
        Assert.EndsWith(".", diagnostic.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", diagnostic.Remedy, StringComparison.Ordinal);
        Assert.False(result.IsSound);
    }

    [GeneratedRegex(@"SH1\d{3}", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
