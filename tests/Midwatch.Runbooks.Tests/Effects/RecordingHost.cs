using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>Starts nothing: it remembers the vectors, and <c>cat</c> prints a text that the test gives.</summary>
internal sealed class RecordingHost(string printed) : IProgramHost
{
    public ConcurrentQueue<ImmutableArray<string>> Started { get; } = [];

    public string? Resolve(string name, string searchPath, string workingDirectory) => $"/usr/bin/{name}";

    public ProgramStart Start(ProgramRequest request)
    {
        Started.Enqueue(request.Arguments);
        var completion = request.Arguments[0] == "cat" && request.Arguments is [_, "value"]
            ? Task.Run(() => Print(Copy(request.Output)))
            : Task.FromResult(0);
        return new ProgramStart.Started(new Ended(completion));
    }

    public ProgramPipe CreatePipe()
    {
        var pipe = OsPipe.Create();
        return new ProgramPipe(pipe.Read, pipe.Write);
    }

    /// <summary>A handle of its own for the same open file, as a started program would have.</summary>
    private static SafeFileHandle Copy(SafeFileHandle handle) => File.OpenHandle(
        $"/proc/self/fd/{handle.DangerousGetHandle()}", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    private int Print(SafeFileHandle output)
    {
        using var stream = new FileStream(output, FileAccess.Write, 1);
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(printed));
        }
        catch (IOException)
        {
            return 141; // nobody reads any more
        }

        return 0;
    }

    private sealed class Ended(Task<int> completion) : IRunningProgram
    {
        public int ProcessId => 1;

        public Task<int> Completion => completion;

        public void Kill()
        {
        }
    }
}
