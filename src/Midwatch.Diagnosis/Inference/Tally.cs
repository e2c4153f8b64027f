using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Rankings;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// Adds up what speaks for and against one cause. Integers only; what could not be told widens the interval.
/// </summary>
internal sealed class Tally
{
    private const int StrongWeight = 4;

    private readonly List<Reason> _for = [];
    private readonly List<Reason> _against = [];
    private readonly List<Reason> _missing = [];
    private Truth _required = Truth.True;
    private int _total;
    private int _least;
    private int _most;
    private int _rulesTotal;
    private int _rulesUnknown;
    private string? _explainedBy;

    public bool StronglyContradicted { get; private set; }

    public void Require(WeighedPredicate requirement, Answer answer)
    {
        _required = answer.State < _required ? answer.State : _required;
        if (answer.State == Truth.Unknown)
        {
            _missing.Add(Missing(0, requirement.Why, null, answer));
        }
        else if (answer.State == Truth.False)
        {
            _against.Add(new Reason(0, requirement.Why, answer.Because));
        }
    }

    public void Support(int weight, string why, int? line, Answer answer)
    {
        _total += weight;
        Count(weight, why, line, answer);
    }

    /// <summary>
    /// A rule of the runbook counts when it is observed; what could not be told about it counts for the most only.
    /// </summary>
    public void Rule(RuleSupport rule)
    {
        if (rule.Answer.State == Truth.True)
        {
            _rulesTotal += rule.Weight;
            _for.Add(new Reason(rule.Weight, rule.Why, rule.Answer.Because, rule.Line));
        }
        else if (rule.Answer.State == Truth.Unknown)
        {
            _rulesUnknown += rule.Weight;
            _missing.Add(Missing(rule.Weight, rule.Why, rule.Line, rule.Answer));
        }
    }

    public void Contradict(WeighedPredicate contradiction, Answer answer)
    {
        var weight = contradiction.Weight;
        _least -= answer.State == Truth.False ? 0 : weight;
        _most -= answer.State == Truth.True ? weight : 0;
        StronglyContradicted |= weight == StrongWeight && answer.State == Truth.True;
        if (answer.State == Truth.True)
        {
            _against.Add(new Reason(weight, contradiction.Why, answer.Because));
        }
        else if (answer.State == Truth.Unknown)
        {
            _missing.Add(Missing(weight, $"(against it) {contradiction.Why}", null, answer));
        }
    }

    public RankedCause Finish(Cause cause, Subject subject, int depth)
    {
        var lo = _required == Truth.True ? Percent(_least + _rulesTotal, _total + _rulesTotal) : 0;
        var rules = _rulesTotal + _rulesUnknown;
        var hi = _required == Truth.False ? 0 : Percent(_most + rules, _total + rules);
        return new RankedCause(
            cause.Id, cause.Title, subject, lo, hi, depth, cause.Severity, [.. _for], [.. _against],
            [.. _missing], _explainedBy);
    }

    private void Count(int weight, string why, int? line, Answer answer)
    {
        _least += answer.State == Truth.True ? weight : 0;
        _most += answer.State == Truth.False ? 0 : weight;
        switch (answer)
        {
            case { State: Truth.True }:
                _for.Add(new Reason(weight, why, answer.Because, line));
                break;
            case { State: Truth.Unknown }:
                _missing.Add(Missing(weight, why, line, answer));
                break;
            case { ExplainedBy: { } by }:
                _explainedBy ??= by;
                _against.Add(
                    new Reason(weight, $"It is explained by {by}, further upstream. ({why})", answer.Because, line));
                break;
        }
    }

    private static Reason Missing(int weight, string why, int? line, Answer answer)
    {
        var gap = answer.Gaps.FirstOrDefault();
        var cause = gap is not null ? $"{gap.Source}: {gap.Reason}"
            : answer.ExplainedBy is { } by ? $"{by} may explain it" : "it could not be told";
        return new Reason(weight, $"{why} ({cause})", answer.Because, line);
    }

    private static int Percent(int part, int whole) => whole <= 0 ? 0 : Math.Clamp(100 * part / whole, 0, 100);
}
