using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>One script to be run in both.</summary>
/// <param name="Text">What bash gets.</param>
internal sealed record ComparedScript(string Text)
{
    /// <summary>What Midwatch gets; the same, but a runbook's block keeps its placeholders there.</summary>
    public string Written { get; init; } = Text;

    public ShellParserOptions Options { get; init; } = ShellParserOptions.Bash;

    public PlaceholderBindings Bindings { get; init; } = PlaceholderBindings.None;

    /// <summary>
    /// Whether commands in the background print beside those in front: then the order of lines is left to chance.
    /// </summary>
    public bool PrintsInAnyOrder { get; init; }

    /// <summary>Where the programs lie that stand in for others.</summary>
    public string StandIns { get; init; } = Differential.StandIns.OfClusters;
}
