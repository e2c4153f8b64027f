namespace Midwatch.Execution.Alerts;

/// <summary>How a Prometheus is reached. A closed union.</summary>
public abstract record PrometheusAddress
{
    private PrometheusAddress()
    {
    }

    /// <summary>A Service of the bound cluster, asked through its API server.</summary>
    public sealed record InCluster(string Namespace, string Service, string Port) : PrometheusAddress;

    /// <summary>A URL, asked directly.</summary>
    public sealed record At(Uri Url) : PrometheusAddress;

    /// <summary>Nobody said where it is.</summary>
    public sealed record NotKnown : PrometheusAddress;
}
