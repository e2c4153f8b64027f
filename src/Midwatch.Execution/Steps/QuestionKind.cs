namespace Midwatch.Execution.Steps;

/// <summary>What can be asked of a Service without a pod of one's own.</summary>
public enum QuestionKind
{
    /// <summary>Whether it answers in its own protocol.</summary>
    Ping,

    /// <summary>Whether it takes connections.</summary>
    Connect,

    /// <summary>What it answers to an HTTP GET.</summary>
    Http,

    /// <summary>Whether its name stands for anything.</summary>
    Resolve,
}
