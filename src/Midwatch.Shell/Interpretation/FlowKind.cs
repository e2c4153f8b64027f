namespace Midwatch.Shell.Interpretation;

/// <summary>Where control goes.</summary>
internal enum FlowKind
{
    /// <summary>To the next command.</summary>
    Next,

    /// <summary>Behind the loop.</summary>
    Break,

    /// <summary>To the next round of the loop.</summary>
    Continue,

    /// <summary>Out of the function.</summary>
    Return,

    /// <summary>
    /// Out of everything up to the next line of the script, after an expansion that has no value; out of a subshell.
    /// </summary>
    Discard,

    /// <summary>Out of the shell or subshell.</summary>
    Exit,

    /// <summary>Out of everything: the run was stopped.</summary>
    Stop,
}
