using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>
/// Makes a stream of a descriptor whose reads block: a thread of its own reads ahead, but not further than a slow
/// client
/// lets it, so that <c>cat</c> of a huge file fills no memory.
/// </summary>
internal static class PumpedPipe
{
    private const int AheadBytes = 1024 * 1024;
    private const int PortionBytes = 64 * 1024;

    /// <param name="source">Read to its end and disposed.</param>
    public static Stream Read(SafeFileHandle source)
    {
        var pipe = new Pipe(new(pauseWriterThreshold: AheadBytes, resumeWriterThreshold: AheadBytes / 2));
        new Thread(() => Pump(source, pipe.Writer)) { IsBackground = true, Name = "session output" }.Start();
        return pipe.Reader.AsStream();
    }

    private static void Pump(SafeFileHandle source, PipeWriter writer)
    {
        try
        {
            using var file = new FileStream(source, FileAccess.Read, bufferSize: 0);
            int read;
            while ((read = file.Read(writer.GetSpan(PortionBytes))) > 0)
            {
                writer.Advance(read);
                if (writer.FlushAsync().AsTask().GetAwaiter().GetResult().IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // A terminal ends with an error once the program has closed it.
            writer.Complete();
            return;
        }

        writer.Complete();
    }
}
