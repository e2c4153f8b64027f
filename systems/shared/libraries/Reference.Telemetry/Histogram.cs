using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Reference.Telemetry;

/// <summary>How a measured quantity is spread, in cumulative buckets, in Prometheus' text format.</summary>
/// <remarks>Safe to use from many threads.</remarks>
/// <param name="name">The metric's name, with its unit.</param>
/// <param name="help">One sentence for the reader of /metrics.</param>
/// <param name="bounds">The buckets' upper bounds, ascending; the one without bound is added.</param>
/// <param name="labels">The labels' names; values are given in the same order.</param>
public sealed class Histogram(string name, string help, ImmutableArray<double> bounds, params string[] labels) : IMetric
{
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>Gets bounds that suit requests between 5 ms and 10 s.</summary>
    public static ImmutableArray<double> Seconds { get; } =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Counts one measured value.</summary>
    public void Observe(double value, params ReadOnlySpan<string> values)
    {
        var series = _series.GetOrAdd(string.Join('\u0001', values), _ => new Series(bounds.Length + 1));
        var bucket = bounds.Count(bound => bound < value); // a bound belongs to its own bucket
        lock (series)
        {
            series.Counts[bucket]++;
            series.Sum += value;
        }
    }

    /// <inheritdoc/>
    public void WriteTo(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} histogram\n");
        foreach (var (key, series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string[] values = labels.Length == 0 ? [] : key.Split('\u0001');
            lock (series)
            {
                Write(text, series, values);
            }
        }
    }

    private void Write(StringBuilder text, Series series, string[] values)
    {
        var total = 0L;
        for (var index = 0; index <= bounds.Length; index++)
        {
            total += series.Counts[index];
            var bound = index < bounds.Length ? bounds[index].ToString(CultureInfo.InvariantCulture) : "+Inf";
            var set = LabelSet.Format([.. labels, "le"], [.. values, bound]);
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{set} {total}\n");
        }

        var plain = LabelSet.Format(labels, values);
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{plain} {series.Sum}\n{name}_count{plain} {total}\n");
    }

    private sealed class Series(int buckets)
    {
        public long[] Counts { get; } = new long[buckets];

        public double Sum { get; set; }
    }
}
