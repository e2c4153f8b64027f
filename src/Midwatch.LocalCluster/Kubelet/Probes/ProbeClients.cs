namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>What the probes of a node ask with; shared by all of its pods.</summary>
internal sealed class ProbeClients : IDisposable
{
    public HttpProbe Http { get; } = new();

    public GrpcProbe Grpc { get; } = new();

    public void Dispose()
    {
        Http.Dispose();
        Grpc.Dispose();
    }
}
