namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>What became of an exec or attach.</summary>
internal abstract record SessionStart
{
    private SessionStart()
    {
    }

    /// <summary>The program runs; the caller disposes the session.</summary>
    internal sealed record Opened(IProgramSession Session) : SessionStart;

    /// <summary>The pod has no such container, or it does not run.</summary>
    /// <param name="Message">In the kubelet's words: <c>container not found ("main")</c>.</param>
    internal sealed record NoContainer(string Message) : SessionStart;

    /// <summary>The container is there, but the program did not start in it.</summary>
    /// <param name="Message">In the container runtime's words.</param>
    internal sealed record NotStarted(string Message) : SessionStart;
}
