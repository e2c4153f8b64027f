namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>
/// A program in a container together with whoever talks to it: exec, or attach to the container's own.
/// </summary>
/// <remarks>
/// Disposing an exec ends its program if it still runs; disposing an attach lets go of the container. Streams that were
/// not asked for are empty.
/// </remarks>
internal interface IProgramSession : IAsyncDisposable
{
    /// <summary>What is written here the program reads; disposing it is the end of the input.</summary>
    Stream Input { get; }

    /// <summary>The program's output; with a terminal its errors too. Ends soon after the program.</summary>
    Stream Output { get; }

    /// <summary>The program's errors.</summary>
    Stream Errors { get; }

    /// <summary>The exit code as a shell sees it, once the program has ended.</summary>
    Task<int> Exited { get; }

    /// <summary>Tells the program the size of its terminal; nothing happens without one.</summary>
    void Resize(int columns, int rows);
}
