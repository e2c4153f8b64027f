namespace Midwatch.LocalCluster.Faults;

/// <summary>How injecting or reverting a fault ended.</summary>
public abstract record FaultOutcome
{
    private FaultOutcome()
    {
    }

    /// <summary>Done, and looked at afterwards.</summary>
    public sealed record Done(string FaultId) : FaultOutcome;

    /// <summary>Not done, or not completely. What was changed before is in the lease, for revert to undo.</summary>
    /// <param name="Reason">A sentence with the remedy.</param>
    public sealed record Failed(string FaultId, string Reason) : FaultOutcome
    {
        /// <summary>True when it is injected already, so that nothing of it may be taken back.</summary>
        public bool IsRunning { get; init; }
    }
}
