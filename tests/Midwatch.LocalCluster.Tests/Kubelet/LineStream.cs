using System.Text;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>Takes a followed log and tells its first line as soon as it is there.</summary>
internal sealed class LineStream : MemoryStream
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> FirstLine => _first.Task;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        var text = Encoding.UTF8.GetString(ToArray());
        if (text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end)
        {
            _first.TrySetResult(text[..end]);
        }

        return ValueTask.CompletedTask;
    }
}
