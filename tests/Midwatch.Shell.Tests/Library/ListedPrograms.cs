using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Library;

/// <summary>Allows some programs, whatever their arguments.</summary>
internal sealed class ListedPrograms(params string[] names) : IJudge
{
    public Verdict Foresee(ForeseenCall call) =>
        call.Arguments[0].Text is { } name ? About(name) : Verdict.Allowed;   // not known yet: asked again below

    public ValueTask<Verdict> JudgeAsync(ProgramCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(About(call.Arguments[0]));

    private Verdict About(string name) =>
        names.Contains(name) ? Verdict.Allowed : new Verdict.Refuse($"{name} is not listed.", "Ask a person.");
}
