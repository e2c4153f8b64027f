using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Cron;

namespace Midwatch.LocalCluster.Controllers.CronJobs;

/// <summary>
/// When a CronJob was last due and is next (k8s.io/kubernetes/pkg/controller/cronjob, utils.go). Pure.
/// </summary>
/// <param name="Due">The latest time that has come and was not started; null for none.</param>
/// <param name="Next">The next time; null when the schedule has none.</param>
/// <param name="Missed">How many times came since the last start, the due one included; counted up to a
/// hundred.</param>
internal sealed record CronJobPlan(DateTimeOffset? Due, DateTimeOffset? Next, int Missed)
{
    private const int MissedMax = 101;

    /// <summary>The plan, or why the schedule cannot be read.</summary>
    public static (CronJobPlan? Plan, string? Error) Of(JsonObject cronJob, DateTimeOffset now)
    {
        var (schedule, error) = CronSchedule.Parse(cronJob.Text("spec", "schedule") ?? "");
        if (schedule is null)
        {
            return (null, error);
        }

        var name = cronJob.Text("spec", "timeZone");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name ?? "UTC", out var zone))
        {
            return (null, $"unknown time zone {name}");
        }

        var earliest = cronJob.Time("status", "lastScheduleTime") ?? cronJob.Time("metadata", "creationTimestamp")
            ?? now;
        if (cronJob.Number("spec", "startingDeadlineSeconds") is { } deadline
            && now.AddSeconds(-deadline) is var horizon && horizon > earliest)
        {
            earliest = horizon;
        }

        DateTimeOffset? due = null;
        var (missed, next) = (0, schedule.Next(earliest, zone));
        while (next is { } at && at <= now && missed < MissedMax)
        {
            (due, missed) = (at, missed + 1);
            next = schedule.Next(at, zone);
        }

        return missed < MissedMax
            ? (new(due, next, missed), null)
            : (new(LastBefore(schedule, zone, now) ?? due, schedule.Next(now, zone), missed), null);
    }

    // Where very many were missed, the latest is looked for from near the end.
    private static DateTimeOffset? LastBefore(CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset now)
    {
        for (var back = TimeSpan.FromMinutes(1); back < TimeSpan.FromDays(366); back *= 2)
        {
            DateTimeOffset? last = null;
            var at = schedule.Next(now - back, zone);
            while (at is { } found && found <= now)
            {
                last = found;
                at = schedule.Next(found, zone);
            }

            if (last is not null)
            {
                return last;
            }
        }

        return null;
    }
}
