using System.Collections.Immutable;
using System.Net;

namespace Midwatch.LocalCluster.Network;

/// <summary>
/// kube-proxy in user space: a listener for each port of each service that has a ready endpoint, and none where there
/// is
/// none, so that a connection is refused as by a real cluster. Not for many threads: its owner calls one at a time.
/// </summary>
internal sealed class ServiceProxy : IDisposable
{
    private readonly Dictionary<IPEndPoint, ServiceListener> _listeners = [];
    private readonly Dictionary<string, ImmutableHashSet<IPEndPoint>> _ofService = [];

    /// <summary>Makes the listeners of one service what they should be.</summary>
    /// <param name="service">"namespace/name".</param>
    /// <param name="address">Its cluster address; null for a service without one, or that is gone.</param>
    /// <param name="trouble">What goes wrong on the way; null for nothing.</param>
    public void Set(
        string service, IPAddress? address, ImmutableDictionary<int, ImmutableArray<IPEndPoint>> backends,
        ServiceTrouble? trouble = null)
    {
        var wanted = address is null
            ? []
            : backends.Where(port => port.Value.Length > 0)
                .ToDictionary(port => new IPEndPoint(address, port.Key), port => port.Value);
        foreach (var stale in _ofService.GetValueOrDefault(service, []).Where(old => !wanted.ContainsKey(old)))
        {
            _listeners.Remove(stale, out var listener);
            listener?.Dispose();
        }

        foreach (var (endpoint, targets) in wanted)
        {
            Open(endpoint, targets);
            _listeners.GetValueOrDefault(endpoint)?.Suffer(trouble);
        }

        _ofService[service] = [.. wanted.Keys];
    }

    public void Dispose()
    {
        foreach (var listener in _listeners.Values)
        {
            listener.Abort();
        }

        _listeners.Clear();
    }

    private void Open(IPEndPoint endpoint, ImmutableArray<IPEndPoint> targets)
    {
        if (_listeners.TryGetValue(endpoint, out var listener))
        {
            listener.SendTo(targets);
            return;
        }

        var opened = ServiceListener.TryOpen(endpoint, targets);
        if (opened is not null)
        {
            _listeners.Add(endpoint, opened);
        }
    }
}
