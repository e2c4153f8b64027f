using System.Collections.Immutable;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>What a script printed and left behind.</summary>
/// <param name="Calls">What the stand-ins were called with, sorted: in a pipeline they start in any order.</param>
/// <param name="Complaints">Standard error, or why Midwatch did not run it; not compared.</param>
internal sealed record ScriptRun(string Output, int Status, string Files, string Calls, string Complaints)
{
    /// <summary>The codes of the reasons for which Midwatch refused or stopped it; empty for bash.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    public bool IsLike(ScriptRun other) => (Output, Status, Files, Calls)
        == (other.Output, other.Status, other.Files, other.Calls);

    public ScriptRun WithSortedOutput() =>
        this with { Output = string.Join('\n', Output.Split('\n').Order(StringComparer.Ordinal)) };

    public override string ToString() =>
        $"[{Status}] «{Short(Output)}» files «{Short(Files)}» calls «{Short(Calls)}» stderr «{Short(Complaints)}»";

    private static string Short(string text) => text.Length < 300 ? text : text[..300] + "…";
}
