using System.Text;

namespace Reference.Telemetry;

/// <summary>Something that /metrics shows.</summary>
public interface IMetric
{
    /// <summary>Appends all series in Prometheus' text format, in a stable order.</summary>
    void WriteTo(StringBuilder text);
}
