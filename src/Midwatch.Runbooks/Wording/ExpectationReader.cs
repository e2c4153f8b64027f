using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Wording;

/// <summary>Reads what a step should show: out of "Expected: …" and out of sentences.</summary>
internal static partial class ExpectationReader
{
    /// <summary>
    /// What stands behind "Expected:", "Should return:" and their like; null when the line is none of them.
    /// </summary>
    public static Expectation? FromMarked(string text, int line)
    {
        var match = Marked().Match(text);
        return match.Success ? FromValue(match.Groups["value"].Value.Trim(), text.Trim(), line) : null;
    }

    /// <summary>What a sentence promises; null when it promises nothing that can be read.</summary>
    public static Expectation? FromSentence(string text, int line)
    {
        if (Vanishes().Match(text) is { Success: true } vanishes)
        {
            return new Expectation.AlertResolves(vanishes.Groups["alert"].Value, Durations.First(text), line, text);
        }

        if (AlertGone().IsMatch(text))
        {
            return new Expectation.AlertResolves(null, Durations.First(text), line, text);
        }

        if (PodsReady().IsMatch(text))
        {
            return new Expectation.PodsReady(line, text);
        }

        return Should().Match(text) is { Success: true } should
            ? FromValue(should.Groups["value"].Value.Trim(), text, line)
            : null;
    }

    /// <summary>
    /// What a sentence behind commands says that they should show: as <see cref="FromSentence"/>, and else the words
    /// for a person to judge. Null when it speaks of something else.
    /// </summary>
    public static Expectation? FromPromise(string sentence, int line) =>
        FromSentence(sentence, line)
        ?? (Promised().IsMatch(sentence) && !Conditional().IsMatch(sentence)
            ? new Expectation.Told(sentence, false, line, sentence)
            : null);

    private static Expectation FromValue(string value, string source, int line)
    {
        var bare = value.Trim('`', '"', '.', ' ');
        if (value.StartsWith('{') || value.StartsWith('['))
        {
            return IsJson(value)
                ? new Expectation.JsonShape(value, line, source)
                : new Expectation.Told(value, false, line, source);
        }

        if (PodsReady().IsMatch(value))
        {
            return new Expectation.PodsReady(line, source);
        }

        if (Status().Match(value) is { Success: true } status)
        {
            return new Expectation.HttpStatus(
                int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture), line, source);
        }

        if (Bound().Match(bare) is { Success: true } bound
            && double.TryParse(bound.Groups["n"].Value, NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var limit))
        {
            var unit = bound.Groups["unit"].Value;
            return new Expectation.Bound(bound.Groups["op"].Value, limit, unit.Length > 0 ? unit : null, line, source);
        }

        return Word().IsMatch(bare)
            ? new Expectation.Contains(bare, line, source)
            : new Expectation.Told(value, false, line, source);
    }

    private static bool IsJson(string text)
    {
        // Most that is none is told without an exception.
        if (text.AsSpan().TrimEnd() is not (['{', .., '}'] or ['[', .., ']']))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            // Not JSON after all: the words are kept for a person.
            return false;
        }
    }

    [GeneratedRegex(
        @"^\W*(\*\*)?(expected( output| result| response)?|should (return|show|print)|expect|output|returns)(\*\*)?\s*[:=]\s*(\*\*)?(?<value>\S.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Marked();

    [GeneratedRegex(
        @"`?\b(?<alert>[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*)\b`?(?i)[^.]*\b(should|will|must)?\s*\b(disappear|resolve|clear|stop firing|go away|vanish|be resolved|be gone|no longer fire)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Vanishes();

    [GeneratedRegex(
        @"\balerts?\b.*\b(resolves?|resolved|clears?|cleared|disappears?|stops? firing|no longer fir(es|ing)|gone)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AlertGone();

    [GeneratedRegex(
        @"\b(all|every|each)\b.*\bpods?\b.*\b(running|ready|healthy)\b|\bpods?\b (are|is|should be|must be) (all )?(running|ready|running and ready|healthy)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PodsReady();

    [GeneratedRegex(
        @"\b(should|will|must) (now )?(return|show|print|say|display|report|output|respond with|answer( with)?|be)\s*:?\s+(?<value>[`""{].*|HTTP\s*\d+.*|\d+ OK.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Should();

    [GeneratedRegex(
        @"^(the |this |all |every |each |it |its |there |that )?.{0,60}\b(output|result|response|command|status|value|list|query|pods?|nodes?|replicas?|lag|count|it|this|there|they)\b.{0,60}\b((should|must|ought to)|(will|should) (now )?(show|return|print|display|list|output|tell|give|report|look|be))\b|^you (should|will|ought to) (now )?(see|get|find)\b|^expect(ed)?\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Promised();

    // "If the result is empty, the node must …" states a rule.
    [GeneratedRegex(@"^(if|when|in case|unless|once)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"^(?:HTTP(?:/[\d.]+)?\s*(?:status\s*)?(?:code\s*)?)?([1-5]\d\d)( OK|$| with|,)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Status();

    [GeneratedRegex(@"^(?<op><=|>=|<|>|≤|≥)\s*(?<n>\d+(\.\d+)?)\s*(?<unit>%|[A-Za-z]*)( .*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Bound();

    [GeneratedRegex(@"^[\w./:-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
