namespace Reference.Telemetry;

/// <summary>What Prometheus may do with a number.</summary>
public enum MetricKind
{
    /// <summary>Only ever grows, until the process ends.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,
}
