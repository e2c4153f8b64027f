using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>Judges a text as the compiler does, for tests.</summary>
internal static class Judging
{
    private static readonly EffectJudge Judge = EffectJudge.Default();

    public static CommandEffect Of(string text)
    {
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        Assert.True(parsed.IsSound, $"{text}: {string.Join(", ", parsed.Diagnostics.Select(each => each.Message))}");
        return Judge.Judge(parsed.Script, text);
    }

    public static CommandEffect OfCall(params string[] argv) => Judge.JudgeCall([.. argv], []);

    /// <summary>The effect with its marks, in one line: <c>change disrupts local</c>.</summary>
    public static string Shown(CommandEffect effect) =>
        string.Join(' ', [effect.Effect.Name(), .. effect.Marks.Names()]);
}
