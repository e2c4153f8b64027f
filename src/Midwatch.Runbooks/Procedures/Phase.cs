namespace Midwatch.Runbooks.Procedures;

/// <summary>What a section of a runbook is for. A phase never implies an effect.</summary>
public enum Phase
{
    /// <summary>What the thing is, who is hit, what it means.</summary>
    Context,

    /// <summary>Finding out what is wrong.</summary>
    Diagnose,

    /// <summary>Mending it.</summary>
    Resolve,

    /// <summary>Proving that it is mended.</summary>
    Verify,

    /// <summary>Keeping it from coming back.</summary>
    Prevent,

    /// <summary>Whom to call, and when.</summary>
    Escalate,

    /// <summary>What to tell whom.</summary>
    Communicate,

    /// <summary>What to do once it is over.</summary>
    Postincident,

    /// <summary>A routine operation.</summary>
    Operate,

    /// <summary>Links, lists and tables to look things up in.</summary>
    Reference,
}
