namespace Midwatch.LocalCluster.Hosting;

/// <summary>The ports 30000 to 32767 that Services of type NodePort share.</summary>
internal sealed class NodePorts
{
    private const int First = 30_000;
    private const int Last = 32_767;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _taken = [];

    /// <summary>The lowest free port, or null when there is none left.</summary>
    /// <param name="isDryRun">Look only.</param>
    public int? Allocate(bool isDryRun)
    {
        lock (_lock)
        {
            for (var port = First; port <= Last; port++)
            {
                if (!_taken.Contains(port))
                {
                    _ = isDryRun || _taken.Add(port);
                    return port;
                }
            }

            return null;
        }
    }

    public void Release(long? port)
    {
        lock (_lock)
        {
            _ = port is { } number and >= First and <= Last && _taken.Remove((int)number);
        }
    }
}
