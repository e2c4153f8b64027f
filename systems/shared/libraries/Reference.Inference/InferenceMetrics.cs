using System.Collections.Immutable;
using Reference.Telemetry;

namespace Reference.Inference;

/// <summary>What an inference server counts, named as Triton does. There is no GPU here, so no metric of one.</summary>
public sealed class InferenceMetrics
{
    private const string Version = "1";

    private readonly Metric _success = new(MetricKind.Counter,
        "nv_inference_request_success", "Inferences that were answered.", "model", "version");

    private readonly Metric _failure = new(MetricKind.Counter,
        "nv_inference_request_failure", "Inferences that failed.", "model", "version");

    private readonly Metric _duration = new(MetricKind.Counter,
        "nv_inference_request_duration_us", "Time spent on inferences, in microseconds.", "model", "version");

    private readonly Metric _ready = new(MetricKind.Gauge,
        "nv_model_ready_state", "1 for a model that can be asked.", "model", "version");

    /// <summary>Gets all of them, for the metrics page.</summary>
    public ImmutableArray<IMetric> All => [_success, _failure, _duration, _ready];

    /// <summary>
    /// Begins a model's series, so that a rate over them is never empty, and says whether it is loaded.
    /// </summary>
    public void Know(string model, bool ready)
    {
        _ready.Set(ready ? 1 : 0, model, Version);
        _success.Add(0, model, Version);
        _failure.Add(0, model, Version);
        _duration.Add(0, model, Version);
    }

    /// <summary>Counts one inference.</summary>
    public void Count(string model, bool answered, TimeSpan duration)
    {
        (answered ? _success : _failure).Add(1, model, Version);
        _duration.Add(duration.TotalMicroseconds, model, Version);
    }
}
