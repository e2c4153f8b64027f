using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Prints a tree and reads it back.</summary>
internal static class RoundTrip
{
    /// <summary>What went wrong; null when the same tree came back, or the text is not sound to begin with.</summary>
    public static string? Failure(string text, ShellParserOptions options)
    {
        var first = ShellParser.Parse(text, options);
        if (!first.IsSound)
        {
            return null;
        }

        var printed = ShellPrinter.Print(first.Script);
        var second = ShellParser.Parse(printed, options);
        if (!second.IsSound)
        {
            return $"printed: {printed}  {second.Diagnostics[0].Format(printed)}";
        }

        var (before, after) = (TreeText.Of(first.Script), TreeText.Of(second.Script));
        if (before != after)
        {
            var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
            return $"printed: {Around(printed, 0)}  {Around(before, at)}  {Around(after, at)}";
        }

        var again = ShellPrinter.Print(second.Script);
        return again == printed ? null : $"printed: {printed}  and then: {again}";
    }

    private static string Around(string text, int at) =>
        text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 300)];
}
