using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Midwatch.Runbooks.Lint.Queries;

/// <summary>What can be told of an expression by its shape.</summary>
internal sealed class PromQlShape
{
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "offset", "bool",
            "atan2",
        "start", "end", "inf", "nan",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Aggregations = new[]
    {
        "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableArray<PromQlToken> _tokens;

    public PromQlShape(string text) => _tokens = PromQlReader.Read(text);

    /// <summary>The metrics that it names, in order, each once.</summary>
    public IEnumerable<PromQlToken> Metrics => Selectors().Select(each => _tokens[each]).DistinctBy(each => each.Text);

    /// <summary>
    /// The expression compares the availability of targets with zero, and has no <c>absent</c>: a target that is no
    /// longer there has no series, so that nothing is compared and nobody is told.
    /// </summary>
    public PromQlToken? SilentWithoutTarget()
    {
        if (_tokens.Any(token => token.Text is "absent" or "absent_over_time" or "or" or "unless" or "vector"))
        {
            return null;
        }

        foreach (var at in Selectors().Where(at => _tokens[at].Text == "up"))
        {
            var after = Behind(at + 1);
            while (after < _tokens.Length && _tokens[after].Text == ")")
            {
                after++;
            }

            after = SkipGrouping(after);
            if (after + 1 < _tokens.Length
                && (_tokens[after].Text, _tokens[after + 1].Text) is ("==", "0") or ("<", "1") or ("!=", "1") or ("<=",
                    "0"))
            {
                return _tokens[at];
            }
        }

        return null;
    }

    /// <summary>
    /// A ratio of two rates, neither of them aggregated, whose selectors differ: each series is divided by itself.
    /// </summary>
    public PromQlToken? BareRatio()
    {
        for (var i = 0; i < _tokens.Length; i++)
        {
            if (_tokens[i].Text != "/" || i + 1 >= _tokens.Length || IsMatched(i))
            {
                continue;
            }

            var right = i + 1;
            var left = OpenOf(i - 1);
            if (left > 0 && IsRate(left - 1) && IsRate(right) && !IsAggregated(left - 1)
                && MetricOf(left - 1) is { } one && MetricOf(right) is { } two
                && one.Name == two.Name && one.Labels != two.Labels)
            {
                return _tokens[i];
            }
        }

        return null;
    }

    /// <summary>The number that the whole expression is compared with, and how; null for none, or several.</summary>
    public (string Comparison, double Limit)? Threshold()
    {
        var depth = 0;
        var found = new List<(string, double)>();
        for (var i = 0; i + 1 < _tokens.Length; i++)
        {
            depth += _tokens[i].Text switch { "(" or "{" or "[" => 1, ")" or "}" or "]" => -1, _ => 0 };
            var ends = i + 2 == _tokens.Length || _tokens[i + 2].Text is "and" or "or" or "unless";
            if (depth == 0 && ends && _tokens[i].Text is (">" or "<" or ">=" or "<=")
                && double.TryParse(_tokens[i + 1].Text, NumberStyles.Float, CultureInfo.InvariantCulture,
                    out var limit))
            {
                found.Add((_tokens[i].Text, limit));
            }
        }

        return found is [var only] ? only : null;
    }

    private IEnumerable<int> Selectors()
    {
        var braces = 0;
        for (var i = 0; i < _tokens.Length; i++)
        {
            braces += _tokens[i].Text switch { "{" => 1, "}" => -1, _ => 0 };
            if (_tokens[i].Kind != PromQlKind.Name || braces > 0 || Keywords.Contains(_tokens[i].Text))
            {
                continue;
            }

            var next = i + 1 < _tokens.Length ? _tokens[i + 1].Text : "";
            if (next != "(" && !(Aggregations.Contains(_tokens[i].Text) && next is "by" or "without")
                && !IsLabelList(i))
            {
                yield return i;
            }
        }
    }

    /// <summary>Inside <c>by (…)</c> and its like stand labels.</summary>
    private bool IsLabelList(int at)
    {
        var i = at - 1;
        while (i >= 0 && (_tokens[i].Text == "," || _tokens[i].Kind == PromQlKind.Name))
        {
            i--;
        }

        return i > 0 && _tokens[i].Text == "(" && _tokens[i - 1].Text.ToUpperInvariant() is "BY" or "WITHOUT" or "ON"
            or "IGNORING" or "GROUP_LEFT" or "GROUP_RIGHT";
    }

    private int Behind(int at) => at < _tokens.Length && _tokens[at].Text == "{" ? Close(at) + 1 : at;

    private int SkipGrouping(int at) =>
        at + 1 < _tokens.Length && _tokens[at].Text is "by" or "without" && _tokens[at + 1].Text == "("
            ? Close(at + 1) + 1 : at;

    private bool IsMatched(int slash) => slash + 1 < _tokens.Length && _tokens[slash + 1].Text is "on" or "ignoring";

    private bool IsRate(int at) => at >= 0 && at < _tokens.Length
        && _tokens[at].Text is "rate" or "irate" or "increase";

    /// <summary>The call stands inside an aggregation: <c>sum(rate(…) / rate(…))</c> is no better, but is
    /// meant.</summary>
    private bool IsAggregated(int at) => at >= 2 && _tokens[at - 1].Text == "("
        && _tokens[at - 2].Kind == PromQlKind.Name
        && Aggregations.Contains(_tokens[at - 2].Text);

    private (string Name, string Labels)? MetricOf(int rate)
    {
        if (rate + 2 >= _tokens.Length || _tokens[rate + 2].Kind != PromQlKind.Name)
        {
            return null;
        }

        var labels = rate + 3 < _tokens.Length && _tokens[rate + 3].Text == "{"
            ? string.Concat(_tokens[(rate + 3)..Math.Min(_tokens.Length, Close(rate + 3) + 1)].Select(token =>
                token.Text))
            : "";
        return (_tokens[rate + 2].Text, labels);
    }

    private int Close(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Length; i++)
        {
            depth += _tokens[i].Text switch { "(" or "{" or "[" => 1, ")" or "}" or "]" => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return _tokens.Length - 1;
    }

    private int OpenOf(int close)
    {
        if (close < 0 || _tokens[close].Text != ")")
        {
            return -1;
        }

        var depth = 0;
        for (var i = close; i >= 0; i--)
        {
            depth += _tokens[i].Text switch { ")" or "}" or "]" => 1, "(" or "{" or "[" => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
