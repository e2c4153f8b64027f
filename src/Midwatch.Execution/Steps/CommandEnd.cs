namespace Midwatch.Execution.Steps;

/// <summary>What came of a command.</summary>
public enum CommandEnd
{
    /// <summary>It ended with status 0, or with one that only answers a question (grep found nothing).</summary>
    Succeeded,

    /// <summary>It ended with another status.</summary>
    Failed,

    /// <summary>It does not end by itself (<c>-f</c>, <c>-w</c>), so it was ended; nothing is wrong.</summary>
    Followed,

    /// <summary>It is a port-forward, its port is open, and it stays until its group of steps ends.</summary>
    Held,

    /// <summary>It reached its limit and was ended.</summary>
    TimedOut,

    /// <summary>It was refused; nothing of it was started.</summary>
    Refused,

    /// <summary>A part of it was refused at the moment of starting it; what stood before that part has run.</summary>
    Stopped,

    /// <summary>The caller cancelled it.</summary>
    Cancelled,

    /// <summary>It would have made a temporary pod; its question was put to the cluster in another way.</summary>
    AskedAnotherWay,
}
