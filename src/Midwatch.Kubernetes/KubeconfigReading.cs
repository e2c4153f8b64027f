namespace Midwatch.Kubernetes;

/// <summary>What came of reading a kubeconfig.</summary>
public abstract record KubeconfigReading
{
    private KubeconfigReading()
    {
    }

    /// <summary>It was read.</summary>
    public sealed record Done(Kubeconfig Kubeconfig) : KubeconfigReading;

    /// <summary>It could not be used.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Line">The line that is wrong, 1-based; null when it is the file as a whole.</param>
    /// <param name="Message">What is wrong.</param>
    /// <param name="Remedy">What to do about it.</param>
    public sealed record Failed(string File, int? Line, string Message, string Remedy) : KubeconfigReading
    {
        /// <summary>As one line for people.</summary>
        public override string ToString() =>
            Line is { } line ? $"{File}:{line}: {Message} {Remedy}" : $"{File}: {Message} {Remedy}";
    }
}
