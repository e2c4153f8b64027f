using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Lint.Manifests;
using Midwatch.Runbooks.Lint.Rules;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>The page of a code: its examples, as they stand in <c>docs/reference/lint</c>.</summary>
internal sealed record CodePage(string Title, string Facts, CodePage.Example Bad, CodePage.Example Good)
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());
    private static readonly Linter Linter = new(new CodeCatalogue(), EffectJudge.Default());

    public static CodePage Read(string code)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/reference/lint", $"{code}.md"));
        var bad = Array.IndexOf(lines, "## Bad");
        var good = Array.IndexOf(lines, "## Good");
        Assert.True(bad > 0 && good > bad, $"{code}.md lacks its examples.");
        return new CodePage(lines[0], lines[2], Example.Read(lines[bad..good]), Example.Read(lines[good..]));
    }

    /// <summary>An example with what is given beside it.</summary>
    /// <param name="Others">Documents beside it, by their paths.</param>
    internal sealed record Example(string Document, string? Rules, string? Manifests,
        ImmutableArray<RunbookSource> Others)
    {
        /// <summary>The codes that linting it raises, all codes switched on.</summary>
        public ImmutableArray<Finding> Findings() => Linter.Lint(new LintInput
        {
            Runbooks = [.. Others.Prepend(new RunbookSource("runbook.md", Document)).Select(Compiler.Compile)],
            Rules = Rules is null ? null : RuleReader.Read([("rules.yaml", Rules)]),
            Manifests = Manifests is null ? null : ManifestReader.Read([("manifests.yaml", Manifests)]),
            Settings = new LintSettings { All = true },
            FileExists = path => path == "there.md",
            // Stands in for promtool, which the tests of the command ask: it knows only of open braces.
            QueryProblem = query => query.Count(c => c == '{') > query.Count(c => c == '}') ? "unclosed brace" : null,
        });

        public static Example Read(string[] lines)
        {
            var document = "";
            string? rules = null;
            string? manifests = null;
            var others = ImmutableArray.CreateBuilder<RunbookSource>();
            for (var i = 0; i < lines.Length; i++)
            {
                if (!lines[i].StartsWith("~~~", StringComparison.Ordinal))
                {
                    continue;
                }

                var info = lines[i][3..].Split(' ');
                var end = Array.FindIndex(lines, i + 1, line => line == "~~~");
                var text = string.Join('\n', lines[(i + 1)..end]) + "\n";
                (document, rules, manifests) = info switch
                {
                    [_, var file] when file.StartsWith("file=", StringComparison.Ordinal) =>
                        (Beside(file["file=".Length..], text, document), rules, manifests),
                    ["yaml", "rules"] => (document, text, manifests),
                    ["yaml", "manifests"] => (document, rules, text),
                    _ => (Told(text, info), rules, manifests),
                };
                i = end;
            }

            return new Example(document, rules, manifests, others.ToImmutable());

            string Beside(string path, string other, string same)
            {
                others.Add(new RunbookSource(path, other));
                return same;
            }
        }

        /// <summary>What cannot stand in a page is told: a text that is repeated, a zero character.</summary>
        private static string Told(string text, string[] info)
        {
            var times = info.FirstOrDefault(each => each.StartsWith("repeat=", StringComparison.Ordinal));
            var repeated = times is null ? text
                : string.Concat(Enumerable.Repeat(text.Length < 5 ? text.TrimEnd('\n') : text,
                    int.Parse(times["repeat=".Length..], CultureInfo.InvariantCulture)));
            return repeated.Replace('\u2400', '\0');
        }
    }
}
