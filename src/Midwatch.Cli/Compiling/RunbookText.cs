using System.Collections.Immutable;
using Midwatch.Runbooks;

namespace Midwatch.Cli.Compiling;

/// <summary>A runbook's text by its lines, as the compiler counts them.</summary>
internal static class RunbookText
{
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];

    internal static ImmutableArray<string> Lines(Runbook runbook)
    {
        var lines = runbook.Text.Split(LineEnds, StringSplitOptions.None);
        return lines is [.. var all, ""] ? [.. all] : [.. lines];
    }
}
