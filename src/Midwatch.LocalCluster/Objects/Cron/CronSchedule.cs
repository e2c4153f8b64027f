using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Objects.Cron;

/// <summary>A cron schedule of five fields, or one of the words such as <c>@hourly</c>. Pure.</summary>
internal sealed class CronSchedule
{
    private const string Every = "@every ";

    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    }.ToFrozenDictionary();

    // A schedule such as "0 0 30 2 *" never comes.
    private const int YearsAhead = 5;

    private readonly ImmutableArray<ImmutableSortedSet<int>> _fields;
    private readonly bool _eitherDay;
    private readonly TimeSpan? _every;

    private CronSchedule(ImmutableArray<ImmutableSortedSet<int>> fields, bool eitherDay, TimeSpan? every) =>
        (_fields, _eitherDay, _every) = (fields, eitherDay, every);

    /// <summary>The schedule, or what is wrong with it in the API server's words.</summary>
    public static (CronSchedule? Schedule, string? Error) Parse(string text)
    {
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            return GoDuration.Parse(text[Every.Length..]) is { } period
                ? (new CronSchedule([], false, period), null)
                : (null, $"failed to parse duration {text}: time: invalid duration \"{text[Every.Length..]}\"");
        }

        if (text.StartsWith('@'))
        {
            return Words.TryGetValue(text, out var meaning)
                ? Parse(meaning)
                : (null, "unrecognized descriptor: " + text);
        }

        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5)
        {
            return (null, $"expected exactly 5 fields, found {parts.Length}: [{string.Join(' ', parts)}]");
        }

        var fields = ImmutableArray.CreateBuilder<ImmutableSortedSet<int>>();
        CronField[] kinds =
            [CronField.Minutes, CronField.Hours, CronField.Days, CronField.Months, CronField.Weekdays];
        foreach (var (part, kind) in parts.Zip(kinds))
        {
            var (values, error) = kind.Parse(part);
            if (error is not null)
            {
                return (null, error);
            }

            fields.Add(values);
        }

        // Where both days are restricted either may hold, as in cron(8).
        return (new(fields.ToImmutable(), !CronField.IsAny(parts[2]) && !CronField.IsAny(parts[4]), null), null);
    }

    /// <summary>The first time after the given one, or null when there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        if (_every is { } period)
        {
            return after + period;
        }

        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var minute = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0).AddMinutes(1);
        for (var end = minute.AddYears(YearsAhead); minute < end;)
        {
            if (!_fields[3].Contains(minute.Month))
            {
                minute = new DateTime(minute.Year, minute.Month, 1).AddMonths(1);
            }
            else if (!IsDay(minute))
            {
                minute = minute.Date.AddDays(1);
            }
            else if (!_fields[1].Contains(minute.Hour))
            {
                minute = minute.Date.AddHours(minute.Hour + 1);
            }
            else if (!_fields[0].Contains(minute.Minute) || zone.IsInvalidTime(minute))
            {
                minute = minute.AddMinutes(1);
            }
            else if (new DateTimeOffset(minute, zone.GetUtcOffset(minute)) is var found && found > after)
            {
                return found;
            }
            else
            {
                minute = minute.AddMinutes(1);
            }
        }

        return null;
    }

    private bool IsDay(DateTime day)
    {
        var (ofMonth, ofWeek) = (_fields[2].Contains(day.Day), _fields[4].Contains((int)day.DayOfWeek));
        return _eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }
}
