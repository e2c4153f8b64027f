namespace Midwatch.Shell.Interpretation;

/// <summary>How a command ended, and where control goes next.</summary>
internal readonly record struct Flow(int Status, FlowKind Kind, int Levels)
{
    public static Flow Next(int status) => new(status & 0xFF, FlowKind.Next, 0);

    public static Flow Exit(int status) => new(status & 0xFF, FlowKind.Exit, 0);

    /// <summary>Out of the shell, whose trap of EXIT runs when all that surrounds the command has been left.</summary>
    public static Flow Abort(int status) => new(status & 0xFF, FlowKind.Exit, 1);

    /// <summary>The flow after an expansion that has no value.</summary>
    public static Flow Discard { get; } = new(1, FlowKind.Discard, 0);

    /// <summary>Gets whether the shell ends here, where redirections and locals are still in force.</summary>
    public bool ExitsHere => Kind == FlowKind.Exit && Levels == 0;

    public bool GoesOn => Kind == FlowKind.Next;
}
