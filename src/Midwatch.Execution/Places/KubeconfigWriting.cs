namespace Midwatch.Execution.Places;

/// <summary>What came of writing a kubeconfig for programs. A closed union.</summary>
public abstract record KubeconfigWriting
{
    private KubeconfigWriting()
    {
    }

    /// <summary>It is written.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Context">The context that it was taken from.</param>
    /// <param name="Namespace">The namespace of commands that name none.</param>
    public sealed record Done(string Path, string Context, string Namespace) : KubeconfigWriting;

    /// <summary>The source cannot be used.</summary>
    /// <param name="Message">What is wrong, with the file.</param>
    /// <param name="Remedy">What to do about it.</param>
    public sealed record Failed(string Message, string Remedy) : KubeconfigWriting;
}
