using FsCheck;
using FsCheck.Fluent;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

public sealed class ShellParserPropertyTests
{
    // What makes parsers stumble, in random order.
    private static readonly string[] Pieces =
    [
        "a", "x=1", " ", " ", "\n", ";", "&", "|", "&&", "||", "(", ")", "((", "))", "{", "}", "<", ">", "<<",
            "<<EOF\n", "EOF\n",
        "<<<", "'", "\"", "`", "\\", "\\\n", "$", "$x", "${", "${x", ":-", "}", "$(", "$((", "#", "!", "if ",
            "then ", "fi", "for ",
        "in ", "do ", "done", "case ", "esac", ";;", "while ", "[[ ", " ]]", "=~", "function ", "()", "*", "?", "[",
            "]", "~", "<pod-name>",
        "{{ .x }}", "[team]", "POD_NAME", "…", "...", "—", "“", "é", "😀", "\r\n", "\t", "2>", ">&", "&>", "time ",
            "coproc ", "@(", "1+",
        "+=", "a[0]=", "=(", "select ", "until ", "elif ", "else ", "$'", "$\"", "$[", "export ", "${!x@}", "${x//",
            "/", "%%", "##",
    ];

    // The same texts in every run; others with MIDWATCH_LONG.
    private static Config Repeatable => Environment.GetEnvironmentVariable("MIDWATCH_LONG") is null
        ? Config.QuickThrowOnFailure.WithReplay(new Replay(new Rnd(20261121, 7), 30))
        : Config.QuickThrowOnFailure;

    private static Arbitrary<string> Texts() => Gen.Elements(Pieces)
        .ListOf()
        .Select(pieces => string.Concat(pieces))
        .ToArbitrary();

    [Fact]
    public void Any_text_gives_a_tree_whose_spans_lie_within_each_other() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(60),
        Prop.ForAll(Texts(), text => Holds(text, ShellParserOptions.Bash) && Holds(text, ShellParserOptions.Runbook)));

    [Fact]
    public void Every_beginning_of_a_script_parses_without_harm()
    {
        foreach (var script in Scripts.Curated())
        {
            for (var length = 0; length <= script.Length; length++)
            {
                Assert.True(Holds(script[..length], ShellParserOptions.Runbook), script[..length]);
            }
        }
    }

    [Fact]
    public void What_is_sound_is_printed_so_that_it_reads_back_the_same() => Check.One(
        Repeatable.WithMaxTest(20_000).WithEndSize(30),
        Prop.ForAll(
            Texts(),
            text => RoundTrip.Failure(text, ShellParserOptions.Bash) is null
                && RoundTrip.Failure(text, ShellParserOptions.Runbook) is null));

    internal static bool Holds(string text, ShellParserOptions options)
    {
        var result = ShellParser.Parse(text, options);
        Assert.All(result.Diagnostics, diagnostic => Assert.InRange(diagnostic.Span.End, 0, text.Length));
        foreach (var node in ShellTree.Descendants(result.Script))
        {
            var outside = ShellTree.Children(node)
                .Where(child => child is not HereDocument && node is not HereDocument
                    && !node.Span.Contains(child.Span));
            if (!InsideText(node, text) || outside.Any())
            {
                return false;
            }
        }

        return true;
    }

    private static bool InsideText(ShellNode node, string text) =>
        node.Span.Start >= 0 && node.Span.Length >= 0 && node.Span.End <= text.Length;
}
