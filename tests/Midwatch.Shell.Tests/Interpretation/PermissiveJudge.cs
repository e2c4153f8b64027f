using System.Collections.Concurrent;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>Allows everything but what it is told to refuse, and remembers what it saw.</summary>
internal sealed class PermissiveJudge(params string[] refused) : IJudge
{
    public ConcurrentQueue<ProgramCall> Seen { get; } = [];

    public Verdict Foresee(ForeseenCall call) => Judge(call.Arguments[0].Text);

    public ValueTask<Verdict> JudgeAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        Seen.Enqueue(call);
        return ValueTask.FromResult(Judge(call.Arguments[0]));
    }

    private Verdict Judge(string? name) => refused.Contains(name)
        ? new Verdict.Refuse($"“{name}” is not for machines.", "Ask a person.")
        : Verdict.Allowed;
}
