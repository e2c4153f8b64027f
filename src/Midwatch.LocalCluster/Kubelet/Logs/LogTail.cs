using System.Text;

namespace Midwatch.LocalCluster.Kubelet.Logs;

/// <summary>
/// The end of a log as a container's termination message (terminationMessagePolicy FallbackToLogsOnError).
/// </summary>
internal static class LogTail
{
    private const int Lines = 80;
    private const int Characters = 2048;

    public static async Task<string> ReadAsync(ContainerLog log, CancellationToken ct)
    {
        using var output = new MemoryStream();
        await new LogReader(log, new("", "", "", TailLines: Lines), output).WriteAsync(ct);
        var text = Encoding.UTF8.GetString(output.ToArray());
        return text[^Math.Min(text.Length, Characters)..];
    }
}
