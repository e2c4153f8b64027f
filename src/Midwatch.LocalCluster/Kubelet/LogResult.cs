namespace Midwatch.LocalCluster.Kubelet;

/// <summary>How reading a log ended.</summary>
internal abstract record LogResult
{
    private LogResult()
    {
    }

    /// <summary>Everything asked for was written.</summary>
    internal sealed record Written : LogResult;

    /// <summary>
    /// There is no such log yet or any more, and nothing was written; the API answers 400 with the message.
    /// </summary>
    /// <param name="Message">In the kubelet's own words, as: previous terminated container "c" in pod "p" not
    /// found.</param>
    internal sealed record Unavailable(string Message) : LogResult;
}
