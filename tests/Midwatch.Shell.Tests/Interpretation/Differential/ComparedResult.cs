namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>A script and what became of it in both.</summary>
internal sealed record ComparedResult(ComparedScript Script, ScriptRun Bash, ScriptRun Midwatch)
{
    public bool IsAlike => Script.PrintsInAnyOrder
        ? Bash.WithSortedOutput().IsLike(Midwatch.WithSortedOutput())
        : Bash.IsLike(Midwatch);

    public override string ToString() => $"{Script.Text}  bash:     {Bash}\n  midwatch: {Midwatch}\n";
}
