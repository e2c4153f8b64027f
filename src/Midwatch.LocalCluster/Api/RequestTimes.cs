using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.LocalCluster.Api.Requests;

namespace Midwatch.LocalCluster.Api;

/// <summary>
/// How long answers took at the server, as a real one tells it under /metrics (apiserver_request_duration_seconds).
/// </summary>
/// <remarks>From the request's arrival until its last byte was handed to the connection.</remarks>
internal sealed class RequestTimes
{
    private const string Name = "apiserver_request_duration_seconds";

    // Upper bounds in seconds; the first two are finer than Kubernetes' own, whose first is 5 ms.
    private static readonly ImmutableArray<double> Bounds =
        [0.0005, 0.001, 0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 5, 10, 60];

    private readonly ConcurrentDictionary<string, Histogram> _known = new(StringComparer.Ordinal);

    /// <summary>Counts one answer.</summary>
    public void Add(string verb, ResourceRequest target, int code, TimeSpan took)
    {
        var scope = target.Name.Length > 0 ? "resource" : target.Namespace is not null ? "namespace" : "cluster";
        var labels = string.Create(
            CultureInfo.InvariantCulture,
            $"code=\"{code}\",group=\"{target.Group}\",resource=\"{target.Resource}\",scope=\"{scope}\","
                + $"subresource=\"{target.Subresource}\",verb=\"{verb.ToUpperInvariant()}\","
                + $"version=\"{target.Version}\"");
        _known.GetOrAdd(labels, _ => new Histogram()).Add(took.TotalSeconds);
    }

    /// <summary>All of it in Prometheus' text format.</summary>
    public string Tell()
    {
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} How long answers took, in seconds.\n")
            .Append(CultureInfo.InvariantCulture, $"# TYPE {Name} histogram\n");
        foreach (var (labels, histogram) in _known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            histogram.Tell(text, labels);
        }

        return text.ToString();
    }

    private sealed class Histogram
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[Bounds.Length + 1];
        private double _sum;

        public void Add(double seconds)
        {
            var at = Bounds.BinarySearch(seconds);
            lock (_lock)
            {
                _counts[at < 0 ? ~at : at]++;
                _sum += seconds;
            }
        }

        public void Tell(StringBuilder text, string labels)
        {
            lock (_lock)
            {
                long count = 0;
                for (var at = 0; at <= Bounds.Length; at++)
                {
                    count += _counts[at];
                    var bound = at < Bounds.Length ? Bounds[at].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, $"{Name}_bucket{{{labels},le=\"{bound}\"}} {count}");
                }

                Line(text, $"{Name}_sum{{{labels}}} {_sum}");
                Line(text, $"{Name}_count{{{labels}}} {count}");
            }
        }

        private static void Line(StringBuilder text, FormattableString line) =>
            _ = text.Append(FormattableString.Invariant(line)).Append('\n');
    }
}
