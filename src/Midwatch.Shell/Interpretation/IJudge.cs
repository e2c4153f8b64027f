namespace Midwatch.Shell.Interpretation;

/// <summary>May refuse a command. Asked twice: before anything runs, and again with everything expanded.</summary>
public interface IJudge
{
    /// <summary>Looks at a command before anything runs. What is computed at run time is not known yet.</summary>
    /// <remarks>A refusal here keeps the whole script from starting.</remarks>
    Verdict Foresee(ForeseenCall call);

    /// <summary>Looks at a program at the very moment of starting it.</summary>
    ValueTask<Verdict> JudgeAsync(ProgramCall call, CancellationToken cancellationToken);
}
