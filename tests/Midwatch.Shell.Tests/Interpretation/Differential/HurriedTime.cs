namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Time in which every wait is over at once: runbooks sleep for minutes.</summary>
internal sealed class HurriedTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
}
