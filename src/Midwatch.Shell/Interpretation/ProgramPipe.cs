using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>The two ends of an operating system pipe; whoever made it closes both.</summary>
public sealed record ProgramPipe(SafeFileHandle Reader, SafeFileHandle Writer) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}
