using System.Diagnostics;
using System.Reflection;
using System.Text;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>
/// Committed runbooks, cut, doubled, spliced and with characters changed, compile without an exception and in bounded
/// time. <c>./test --long</c> does it for ten minutes, with other people's runbooks too where <c>MIDWATCH_CORPUS</c>
/// names a folder of them. A text that once broke the compiler stays as
/// <c>Fixtures/crashers/*.md</c>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(10);

    private static readonly string[] Splinters =
    [
        "```", "````", "~~~", "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "| ", "**", "`", "$ ", "# ", "'", "\"",
        "\\",
        "$(", "${", "<", ">", "<<EOF\n", "&", "|", ";", "\0", "\r", "\u202E", "\uFEFF", "é", "🚨", "→", "If x, ", "{{",
        "<%", "---\n", "***", "[a](b)", "psql=# ", "sh-5.1# ",
    ];

    [Fact]
    public void Mangled_runbooks_compile()
    {
        var isLong = Environment.GetEnvironmentVariable("MIDWATCH_LONG") == "1";
        var random = new Dice(isLong ? (ulong)Stopwatch.GetTimestamp() : 20_261_121);
        var seeds = Texts("Fixtures/");
        seeds.AddRange(isLong ? ForeignTexts() : []);
        var (whole, slowest, round) = (Stopwatch.StartNew(), TimeSpan.Zero, 0);
        for (; isLong ? whole.Elapsed < LongRun : round < 400; round++)
        {
            var text = Mangle(seeds[random.Next(seeds.Count)], seeds, random);
            var watch = Stopwatch.StartNew();
            var problem = Record.Exception(() => Try(text, round % 16 == 0));
            // A bound against hanging, far above what a loaded machine needs for a few kilobytes.
            if (problem is null && watch.Elapsed > TimeSpan.FromSeconds(30))
            {
                problem = new TimeoutException($"It took {watch.Elapsed}.");
            }

            if (problem is not null)
            {
                var name = FormattableString.Invariant($"midwatch-crasher-{round}.md");
                var kept = Path.Combine(Path.GetTempPath(), name);
                File.WriteAllText(kept, text);
                Assert.Fail($"{problem.GetType().Name}: {problem.Message}; the text is kept in {kept}\n{problem}");
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        output.WriteLine($"{round} texts of {seeds.Count} in {whole.Elapsed}; the slowest took {slowest}.");
    }

    [Fact]
    public void What_once_broke_the_compiler_compiles()
    {
        foreach (var text in Texts("Fixtures/crashers/"))
        {
            Try(text, twice: true);
        }
    }

    /// <summary>Compiles; each line that is not blank lies in exactly one node; and twice gives the same.</summary>
    private static void Try(string text, bool twice)
    {
        var runbook = Compiler.Compile(new RunbookSource("fuzz.md", text));
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var owners = new int[lines.Length + 2];
        foreach (var node in runbook.Nodes)
        {
            for (var line = node.Line; line <= node.EndLine; line++)
            {
                owners[line]++;
            }
        }

        for (var line = 1; line <= lines.Length; line++)
        {
            var isRight = owners[line] == 1 || (owners[line] == 0 && string.IsNullOrWhiteSpace(lines[line - 1]));
            Assert.True(isRight, $"line {line} lies in {owners[line]} nodes");
        }

        if (twice)
        {
            Assert.Equal(Json(runbook), Json(Compiler.Compile(new RunbookSource("fuzz.md", text))));
        }
    }

    private static string Json(Runbook runbook)
    {
        using var stream = new MemoryStream();
        CompiledJson.Write(stream, [runbook]);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Every so many of other people's runbooks, where a folder of them is named.</summary>
    private static IEnumerable<string> ForeignTexts() =>
        Environment.GetEnvironmentVariable("MIDWATCH_CORPUS") is { Length: > 0 } corpus && Directory.Exists(corpus)
            ? Directory.EnumerateFiles(corpus, "*.md", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Where((_, index) => index % 25 == 0)
                .Select(File.ReadAllText)
                .Where(text => text.Length is > 200 and < 40_000)
            : [];

    private static string Mangle(string text, List<string> seeds, Dice random)
    {
        for (var times = random.Next(1, 8); times > 0 && text.Length > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 80), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, Splinters[random.Next(Splinters.Length)]),
                3 => text[..at] + seeds[random.Next(seeds.Count)],
                4 => text.Insert(at, string.Concat(Enumerable.Repeat(Splinters[random.Next(Splinters.Length)], 40))),
                _ => text.Remove(at, 1).Insert(at, ((char)random.Next(1, 0x2FFF)).ToString()),
            };
        }

        return text.Length > 20_000 ? text[..20_000] : text;
    }

    private static List<string> Texts(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)
                    && name.EndsWith(".md", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                }),
        ];
    }

    /// <summary>Numbers that look random and come again with the same seed (splitmix64).</summary>
    private sealed class Dice(ulong seed)
    {
        private ulong _state = seed;

        public int Next(int bound) => Next(0, bound);

        public int Next(int least, int bound)
        {
            unchecked
            {
                _state += 0x9E3779B97F4A7C15;
                var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return least + (int)((mixed ^ (mixed >> 31)) % (ulong)(bound - least));
            }
        }
    }
}
