using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>The cluster's own log file: what its parts could not cope with. Not what runs in it.</summary>
internal sealed class ClusterLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly StreamWriter _writer;
    private bool _closed;

    public ClusterLog(string path, TimeProvider time)
    {
        _time = time;
        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    public void Write(string line)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _writer.WriteLine($"{KubernetesTime.FormatMicro(_time.GetUtcNow())} {line}");
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _writer.Dispose();
        }
    }
}
