using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>One pipe that the loop reads.</summary>
internal sealed class PipeReading(SafeFileHandle pipe, byte[] buffer, Action<ReadOnlyMemory<byte>> onBytes)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completion => _completion.Task;

    /// <summary>Called when poll says that a read does not block. False at the end.</summary>
    public unsafe bool ReadSome()
    {
        nint count;
        fixed (byte* start = buffer)
        {
            count = Native.Read(pipe, start, buffer.Length);
        }

        if (count > 0)
        {
            onBytes(buffer.AsMemory(0, (int)count));
            return true;
        }

        pipe.Dispose();
        _completion.TrySetResult();
        return false;
    }
}
