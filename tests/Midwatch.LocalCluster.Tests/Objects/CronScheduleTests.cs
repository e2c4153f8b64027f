using System.Globalization;
using Midwatch.LocalCluster.Objects.Cron;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("61 * * * *", "end of range (61) above maximum (59): 61")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("30-10 * * * *", "beginning of range (30) beyond end of range (10): 30-10")]
    [InlineData("* * * *", "expected exactly 5 fields, found 4: [* * * *]")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("@often", "unrecognized descriptor: @often")]
    public void Mistakes_are_named_as_by_the_API_server(string text, string error) =>
        Assert.Equal(error, CronSchedule.Parse(text).Error);

    [Theory]
    [InlineData("*/30 * * * *", "2026-01-31T23:30:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("0 3 * * *", "2026-01-31T03:00:00Z", "2026-02-01T03:00:00Z")]
    [InlineData("15,45 8-9 * * mon-fri", "2026-01-30T09:45:00Z", "2026-02-02T08:15:00Z")]
    [InlineData("0 0 13 * fri", "2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z")]
    [InlineData("0 0 29 feb *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("@hourly", "2026-01-01T10:00:01Z", "2026-01-01T11:00:00Z")]
    [InlineData("@every 90s", "2026-01-01T10:00:00Z", "2026-01-01T10:01:30Z")]
    [InlineData("0 0 30 2 *", "2026-01-01T00:00:00Z", null)]
    public void The_next_time_is_the_first_after(string text, string after, string? next) =>
        Assert.Equal(
            next is null ? null : Time(next),
            CronSchedule.Parse(text).Schedule!.Next(Time(after), TimeZoneInfo.Utc));

    [Fact]
    public void Hours_are_those_of_the_time_zone_across_its_change_to_summer()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var schedule = CronSchedule.Parse("30 2 * * *").Schedule!;
        Assert.Equal(Time("2026-03-28T01:30:00Z"), schedule.Next(Time("2026-03-28T00:00:00Z"), zone));
        // On the 29th there is no half past two.
        Assert.Equal(Time("2026-03-30T00:30:00Z"), schedule.Next(Time("2026-03-28T01:30:00Z"), zone));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
