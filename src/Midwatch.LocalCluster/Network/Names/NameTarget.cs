using System.Collections.Immutable;
using System.Net;

namespace Midwatch.LocalCluster.Network.Names;

/// <summary>Where a service's name and port lead, or why nowhere. A closed union.</summary>
internal abstract record NameTarget
{
    private NameTarget()
    {
    }

    /// <summary>A connection to any of these is one to the service.</summary>
    public sealed record Found(ImmutableArray<IPEndPoint> Addresses) : NameTarget;

    /// <summary>There is no way.</summary>
    /// <param name="Reason">A sentence for people.</param>
    public sealed record Nowhere(string Reason) : NameTarget;
}
