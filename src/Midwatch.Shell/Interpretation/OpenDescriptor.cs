using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>An open file that several subshells may hold; the last one closes it.</summary>
internal sealed class OpenDescriptor(SafeFileHandle handle, bool owned)
{
    private int _holders = 1;

    public SafeFileHandle Handle { get; } = handle;

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
