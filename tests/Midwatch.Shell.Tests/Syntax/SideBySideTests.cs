using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>A text that is read from several places at once gives what it gives read from its beginning.</summary>
public sealed class SideBySideTests
{
    private static readonly int Count = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is null ? 1_000 : 60_000;

    // Where a guess goes wrong: empty lines within what is not done, and what is joined over lines.
    private static readonly string[] Pieces =
    [
        "echo one\n", "\n", "\n\n", "cat <<EOF\na\n\nfi\n\necho $x\nEOF\n", "cat <<''\nbody\n\necho two\n\n",
        "x='\n\necho three\n\n'\n", "y=\"\n\n$(date)\n\"\n", "f() {\n\necho four\n\nreturn\n}\n",
        "if a; then\n\nb\n\nelse\n\nc\nfi\n", "# a comment\n\n", "ec\\\nho five\n\n", "a;\\\n# joined\n\nb\n",
        "i\\\nf a; then\n\nb\n\nfi\n", "case $x in\n\na) b ;;\n\nesac\n", "for i in a b; do\n\nc\n\ndone\n",
        "cat <<A <<B\n1\n\nA\n2\n\nB\n", "a &&\n\nb\n\n", "a |\n\nb\n", "(\n\na\n)\n\n", "z=$(\n\na\n\nb)\n",
        "c\r\n\r\n",
        "`\n\na\n\n`\n", "((1 + \n\n2))\n", "w=(\n\na\n\nb)\n",
    ];

    private static readonly string[] Broken =
        ["fi\n\n", "done\n", "x='\n\n", "cat <<NEVER\n\n", "f() {\n\n", "$(\n\n", ")\n", "ec\\\nho 'a\n\n", ";;\n\n"];

    [Fact]
    public void Any_text_is_read_the_same_on_one_thread_and_on_many()
    {
        var dice = new Dice(7);
        for (var i = 0; i < Count; i++)
        {
            var pieces = Enumerable.Range(0, 4 + dice.Next(30)).Select(_ => Pieces[dice.Next(Pieces.Length)]).ToList();
            if (dice.Next(3) == 0)
            {
                pieces.Insert(dice.Next(pieces.Count), Broken[dice.Next(Broken.Length)]);
            }

            AssertSame(string.Concat(pieces));
        }
    }

    [Fact]
    public void Real_scripts_are_read_the_same_on_one_thread_and_on_many()
    {
        AssertSame(string.Join("\n", Scripts.Curated()));
        foreach (var script in Scripts.OfMachine().Take(200))
        {
            AssertSame(script);
        }
    }

    [Fact]
    public void A_text_of_many_statements_is_taken_apart()
    {
        var text = string.Concat(Enumerable.Repeat("echo one\n\n", 100));

        Assert.Equal(4, StretchStarts.Of(text, Many).Length);
        Assert.Equal([0], StretchStarts.Of(text, ShellParserOptions.Bash));
        Assert.Equal(4, StretchStarts.Of(text.Replace("\n\n", "\n", StringComparison.Ordinal), Many).Length);
        Assert.Equal([0], StretchStarts.Of(text.Replace('\n', ';'), Many));
    }

    private static ShellParserOptions Many => ShellParserOptions.Bash with { ThreadsMax = 4, StretchMin = 20 };

    private static void AssertSame(string text)
    {
        var (one, many) = (ShellParser.Parse(text, ShellParserOptions.Bash), ShellParser.Parse(text, Many));
        Assert.True(Told(one) == Told(many), $"{text}\n-- one --\n{Told(one)}\n-- many --\n{Told(many)}");
    }

    private static string Told(ShellParseResult result) => string.Join("\n",
        TreeText.Of(result.Script), string.Join(" ", ShellTree.Descendants(result.Script).Select(node => node.Span)),
        string.Join(" ", result.Script.Comments), string.Join(" ", result.Diagnostics), result.IsUnfinished);
}
