using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Midwatch.Repository.Tests;

/// <summary>The rules of CONTRIBUTING.md that a program can hold. Each failure names file and line.</summary>
public sealed partial class HouseRuleTests
{
    private static readonly string[] SourceFolders = ["src", "systems"];

    [Fact]
    public void No_source_file_is_longer_than_400_lines_and_no_test_file_than_600()
    {
        var tooLong = SourceFolders.SelectMany(SourceTree.CSharp).Select(path => (path, limit: 400))
            .Concat(SourceTree.CSharp("tests").Select(path => (path, limit: 600)))
            .Select(file => (file.path, file.limit, lines: File.ReadLines(file.path).Count()))
            .Where(file => file.lines > file.limit)
            .Select(file => $"{SourceTree.Relative(file.path)}: {file.lines} lines, at most {file.limit}");
        SourceTree.AssertNone(tooLong);
    }

    [Fact]
    public void Half_of_the_source_files_have_at_most_70_lines()
    {
        var lengths = SourceTree.CSharp("src").Select(path => File.ReadLines(path).Count()).Order().ToArray();
        Assert.InRange(lengths[lengths.Length / 2], 1, 70);
    }

    [Fact]
    public void No_method_is_longer_than_70_lines()
    {
        var tooLong = SourceFolders.Append("tests").SelectMany(SourceTree.CSharp)
            .SelectMany(path => SourceTree.Parse(path).GetRoot().DescendantNodes())
            .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
            .Select(node => (node, span: node.GetLocation().GetLineSpan()))
            .Select(x => (x.span, lines: x.span.EndLinePosition.Line - x.span.StartLinePosition.Line + 1))
            .Where(x => x.lines > 70)
            .Select(x => $"{SourceTree.Relative(x.span.Path)}:{x.span.StartLinePosition.Line + 1}: {x.lines} lines");
        SourceTree.AssertNone(tooLong);
    }

    [Fact]
    public void The_engine_names_no_reference_system()
    {
        var names =
            SourceTree.SystemNames()
                .Concat(["sentineltranslate", "nimify", "churn-api", "mlflow", "pyairtable"]).Distinct();
        var pattern = new Regex(string.Join('|', names.Select(Regex.Escape)), RegexOptions.IgnoreCase);
        var hits = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.EndsWith("lock.json", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, index)))
            .Where(x => pattern.IsMatch(x.line))
            .Select(x => $"{SourceTree.Relative(x.path)}:{x.index + 1}: {x.line.Trim()}");
        SourceTree.AssertNone(hits);
    }

    [Fact]
    public void Nothing_is_left_for_later_or_silenced_in_the_source()
    {
        var hits = SourceFolders.SelectMany(SourceTree.CSharp)
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, index)))
            .Where(x => Unfinished().IsMatch(x.line))
            .Select(x => $"{SourceTree.Relative(x.path)}:{x.index + 1}: {x.line.Trim()}");
        SourceTree.AssertNone(hits);
    }

    [Fact]
    public void No_folder_or_type_has_a_name_that_says_nothing()
    {
        var hits = SourceFolders.SelectMany(SourceTree.CSharp)
            .Where(path => Meaningless().IsMatch(SourceTree.Relative(path)))
            .Select(SourceTree.Relative);
        SourceTree.AssertNone(hits);
    }

    [Fact]
    public void Programs_are_started_in_one_place()
    {
        var hits = SourceTree.CSharp("src")
            .Where(path => !path.Contains("/Midwatch.Processes/", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, index)))
            .Where(x => x.line.Contains("Process.Start(", StringComparison.Ordinal)
                        || x.line.Contains("new ProcessStartInfo", StringComparison.Ordinal)
                        || x.line.Contains("posix_spawn", StringComparison.Ordinal)
                            && x.line.Contains("Import", StringComparison.Ordinal))
            .Select(x => $"{SourceTree.Relative(x.path)}:{x.index + 1}: {x.line.Trim()}");
        SourceTree.AssertNone(hits);
    }

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|#pragma warning disable|Thread\.Sleep\(")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(^|/)(Helpers?|Utils?|Utilities|Common|Misc)(/|\.cs$)|(Helper|Utils|Manager)\.cs$")]
    private static partial Regex Meaningless();
}
