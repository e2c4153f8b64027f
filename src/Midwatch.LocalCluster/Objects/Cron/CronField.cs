using System.Collections.Immutable;
using System.Globalization;

namespace Midwatch.LocalCluster.Objects.Cron;

/// <summary>
/// One field of a cron schedule, with the rules and the error texts of github.com/robfig/cron, which Kubernetes uses.
/// </summary>
/// <param name="Names">Three-letter names of the values, from <paramref name="Minimum"/> on; empty for none.</param>
internal sealed record CronField(int Minimum, int Maximum, ImmutableArray<string> Names)
{
    public static CronField Minutes { get; } = new(0, 59, []);

    public static CronField Hours { get; } = new(0, 23, []);

    public static CronField Days { get; } = new(1, 31, []);

    public static CronField Months { get; } = new(1, 12,
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]);

    public static CronField Weekdays { get; } = new(0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);

    /// <summary>The values that a text such as "*/5,30-35" stands for, or what is wrong with it.</summary>
    public (ImmutableSortedSet<int> Values, string? Error) Parse(string text)
    {
        var values = ImmutableSortedSet.CreateBuilder<int>();
        foreach (var range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Add(values, range) is { } error)
            {
                return ([], error);
            }
        }

        return (values.ToImmutable(), null);
    }

    public static bool IsAny(string text) => text.StartsWith('*') || text.StartsWith('?');

    private string? Add(ImmutableSortedSet<int>.Builder values, string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            return "too many slashes: " + text;
        }

        var step = 1;
        if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out step))
        {
            return NotNumber(parts[1]);
        }

        var (start, end, error) = Range(parts[0], isOpen: parts.Length == 2);
        error ??= start < Minimum ? $"beginning of range ({start}) below minimum ({Minimum}): {text}"
            : end > Maximum ? $"end of range ({end}) above maximum ({Maximum}): {text}"
            : start > end ? $"beginning of range ({start}) beyond end of range ({end}): {text}"
            : step == 0 ? "step of range should be a positive number: " + text
            : null;
        for (var value = start; error is null && value <= end; value += step)
        {
            _ = values.Add(value);
        }

        return error;
    }

    /// <param name="isOpen">"7/5" runs from 7 to the end; "7" is 7 alone.</param>
    private (int Start, int End, string? Error) Range(string text, bool isOpen)
    {
        if (text is "*" or "?")
        {
            return (Minimum, Maximum, null);
        }

        var ends = text.Split('-');
        if (ends.Length > 2)
        {
            return (0, 0, "too many hyphens: " + text);
        }

        if (Value(ends[0]) is not { } start)
        {
            return (0, 0, NotNumber(ends[0]));
        }

        if (ends.Length == 1)
        {
            return (start, isOpen ? Maximum : start, null);
        }

        return Value(ends[1]) is { } end ? (start, end, null) : (0, 0, NotNumber(ends[1]));
    }

    private int? Value(string text)
    {
        var named = Names.IndexOf(text, StringComparer.OrdinalIgnoreCase);
        return named >= 0 ? Minimum + named
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string NotNumber(string text) =>
        $"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax";
}
