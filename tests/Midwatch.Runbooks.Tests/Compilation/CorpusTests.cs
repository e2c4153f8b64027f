using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;
using Midwatch.Runbooks.Export.Summaries;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>
/// Other people's runbooks, in the folder that <c>MIDWATCH_CORPUS</c> names; none of them is committed.
/// </summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    // Every so many documents one is looked at: the whole lies at a few thousand, and a test must stay short.
    private const int Sample = 8;

    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    [Fact]
    public void Foreign_runbooks_keep_every_line_and_few_of_them_lack_a_meaning()
    {
        var (lines, lost) = (0, 0);
        foreach (var file in Documents())
        {
            var runbook = Compiler.Compile(new RunbookSource(file, File.ReadAllText(file)));
            AssertEveryLineHasOneNode(file, runbook);
            var digest = RunbookDigest.Of(runbook);
            (lines, lost) = (lines + digest.Lines, lost + digest.Unrecognised);
        }

        output.WriteLine($"{lost} of {lines} lines unrecognised: {(double)lost / lines:P1}");
        Assert.True(lost < 0.15 * lines);
    }

    [Fact]
    public void Foreign_runbooks_compile_to_the_same_thing_twice()
    {
        foreach (var file in Documents().Where((_, index) => index % 5 == 0))
        {
            var text = File.ReadAllText(file);
            Assert.Equal(Json(file, text), Json(file, text));
        }
    }

    [Theory]
    [InlineData("mimir-runbooks/_index.md", "^### [A-Z][A-Za-z]+$", 63)]
    [InlineData("observability/alerts.mdx", "^## [a-z].*: ", 242)]
    public void Each_alert_of_a_document_of_many_opens_a_procedure_of_its_own(string ending, string heading, int count)
    {
        var file = Corpus("*.md*").FirstOrDefault(path => path.EndsWith(ending, StringComparison.Ordinal));
        Assert.SkipWhen(file is null, $"MIDWATCH_CORPUS holds no {ending}.");
        var text = File.ReadAllText(file!);
        var headings = text.Split('\n').Where(line => Regex.IsMatch(line, heading))
            .Select(line => line.TrimStart('#', ' ')).ToList();

        var opened = Compiler.Compile(new RunbookSource(file!, text)).Procedures
            .Where(procedure => procedure.Alerts.Any(alert => headings.Contains(alert.Name))).ToList();

        output.WriteLine($"{opened.Count} of {headings.Count} alerts open a procedure");
        Assert.Equal((count, count), (headings.Count, opened.Count));
        Assert.All(opened, procedure => Assert.Equal(procedure.Title, procedure.Alerts[^1].Name));
    }

    private static void AssertEveryLineHasOneNode(string file, Runbook runbook)
    {
        var owners = new int[runbook.Text.Split('\n').Length + 2];
        foreach (var node in runbook.Nodes)
        {
            for (var line = node.Line; line <= node.EndLine; line++)
            {
                owners[line]++;
            }
        }

        var number = 0;
        foreach (var line in runbook.Text.AsSpan().EnumerateLines())
        {
            number++;
            Assert.True(owners[number] == 1 || (owners[number] == 0 && line.IsWhiteSpace()), $"{file}:{number}");
        }
    }

    private static IEnumerable<string> Documents()
    {
        string[] words = ["runbook", "alert", "/ops", "manual", "troubleshoot", "incident"];
        return Corpus("*.md*")
            .Where(file => words.Any(word => file.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(file => file.EndsWith(".md", StringComparison.Ordinal)
                || file.EndsWith(".mdx", StringComparison.Ordinal) || file.EndsWith(".erb", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Where((_, index) => index % Sample == 0);
    }

    private static IEnumerable<string> Corpus(string pattern)
    {
        var corpus = Environment.GetEnvironmentVariable("MIDWATCH_CORPUS");
        if (string.IsNullOrEmpty(corpus) || !Directory.Exists(corpus))
        {
            Assert.Skip("MIDWATCH_CORPUS names no folder with other people's runbooks.");
        }

        return Directory.EnumerateFiles(corpus, pattern, SearchOption.AllDirectories);
    }

    private static string Json(string path, string text)
    {
        using var stream = new MemoryStream();
        CompiledJson.Write(stream, [Compiler.Compile(new RunbookSource(path, text))]);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
