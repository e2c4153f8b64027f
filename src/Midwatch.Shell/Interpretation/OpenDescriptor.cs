using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>An open file that several subshells may hold; the last one closes it.</summary>
internal sealed class OpenDescriptor(SafeFileHandle handle, bool owned)
{
    private int _holders = 1;

    public SafeFileHandle Handle { get; } = handle;

    /// <summary>Gets whether it is a file on disk that the script writes: what goes there is counted.</summary>
    public bool IsWrittenFile { get; init; }

    public OpenDescriptor Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0 && owned)
        {
            Handle.Dispose();
        }
    }
}
