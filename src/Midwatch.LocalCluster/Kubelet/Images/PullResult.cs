namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>What a registry and the runtime answered to a pull.</summary>
internal abstract record PullResult
{
    private PullResult()
    {
    }

    internal sealed record Pulled(Image Image) : PullResult;

    /// <param name="Message">In containerd's words, as they appear in events and statuses.</param>
    internal sealed record Failed(string Message) : PullResult;

    /// <summary>The name is none: the kubelet does not even ask (InvalidImageName).</summary>
    internal sealed record Invalid(string Message) : PullResult;
}
