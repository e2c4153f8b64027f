using System.Diagnostics;
using System.Reflection;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>
/// Committed runbooks, cut, doubled, spliced and with characters changed, compile without an exception and in bounded
/// time. <c>./test --long</c> does it for minutes. A text that once broke the compiler stays as
/// <c>Fixtures/crashers/*.md</c>.
/// </summary>
public sealed class FuzzTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

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
        var rounds = isLong ? 60_000 : 400;
        var random = new Dice(isLong ? (ulong)Stopwatch.GetTimestamp() : 20_261_121);
        var seeds = Texts("Fixtures/");
        for (var round = 0; round < rounds; round++)
        {
            var text = Mangle(seeds[random.Next(seeds.Count)], seeds, random);
            var watch = Stopwatch.StartNew();
            var problem = Record.Exception(() => Compiler.Compile(new RunbookSource("fuzz.md", text)));
            if (problem is not null)
            {
                var name = FormattableString.Invariant($"midwatch-crasher-{round}.md");
                var kept = Path.Combine(Path.GetTempPath(), name);
                File.WriteAllText(kept, text);
                Assert.Fail($"{problem.GetType().Name}: {problem.Message}; the text is kept in {kept}");
            }

            // A bound against hanging, far above what a loaded machine needs for a few kilobytes.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), text);
        }
    }

    [Fact]
    public void What_once_broke_the_compiler_compiles()
    {
        foreach (var text in Texts("Fixtures/crashers/"))
        {
            Assert.NotNull(Compiler.Compile(new RunbookSource("crasher.md", text)).Hash);
        }
    }

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
