namespace Midwatch.Server.Intake;

/// <summary>What came of starting the intake.</summary>
public abstract record IntakeStart
{
    private IntakeStart()
    {
    }

    /// <summary>It listens until it is disposed.</summary>
    public sealed record Listening(IntakeServer Server) : IntakeStart;

    /// <summary>It does not; both sentences are for people.</summary>
    public sealed record Refused(string Reason, string Remedy) : IntakeStart;
}
