namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>What an autoscaler recommended and did lately, for its windows and periods.</summary>
internal sealed class ScalingMemory
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly List<(DateTimeOffset At, int Replicas)> _recommendations = [];
    private readonly List<(DateTimeOffset At, int Change)> _changes = [];

    public void Recommend(DateTimeOffset now, int replicas)
    {
        _ = _recommendations.RemoveAll(each => each.At < now - Longest);
        _recommendations.Add((now, replicas));
    }

    public void Change(DateTimeOffset now, int change)
    {
        _ = _changes.RemoveAll(each => each.At < now - Longest);
        _changes.Add((now, change));
    }

    public int Highest(DateTimeOffset now, TimeSpan window, int present) =>
        Within(now, window).Append(present).Max();

    public int Lowest(DateTimeOffset now, TimeSpan window, int present) =>
        Within(now, window).Append(present).Min();

    public int Added(DateTimeOffset now, TimeSpan period) =>
        _changes.Where(each => each.Change > 0 && each.At > now - period).Sum(each => each.Change);

    public int Removed(DateTimeOffset now, TimeSpan period) =>
        -_changes.Where(each => each.Change < 0 && each.At > now - period).Sum(each => each.Change);

    private IEnumerable<int> Within(DateTimeOffset now, TimeSpan window) =>
        _recommendations.Where(each => each.At > now - window).Select(each => each.Replicas);
}
