using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.Testing;

namespace Midwatch.LocalCluster.Tests.Controllers;

/// <summary>How often a controller looks at one object.</summary>
public sealed class ControllerLoopTests
{
    private static readonly ObjectKey Set = new("apps", "replicasets", "shop", "many");
    private static readonly ObjectKey Other = Set with { Name = "other" };

    private readonly ManualTimeProvider _time = new();
    private readonly ObjectStore _store;

    public ControllerLoopTests() => _store = new ObjectStore(_time);

    [Fact]
    public async Task What_takes_long_is_looked_at_once_for_all_that_changed_meanwhile_and_soon_again()
    {
        using var slow = new Slow(_time, TimeSpan.FromMilliseconds(20));
        using var loop = new ControllerLoop(slow, _time, _ => { });
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(stop.Token);
        Offer(loop, Set);
        await slow.SeenAsync(1);

        Offer(loop, Set);
        await _time.WaitForTimerAsync();
        Offer(loop, Set);
        Offer(loop, Other);
        await slow.SeenAsync(2);
        Assert.Equal([Set, Other], slow.Seen);

        // Three times what it took.
        _time.Advance(TimeSpan.FromMilliseconds(60));
        await slow.SeenAsync(3);
        Assert.Equal([Set, Other, Set], slow.Seen);
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task What_takes_no_time_does_not_wait()
    {
        using var quick = new Slow(_time, TimeSpan.Zero);
        using var loop = new ControllerLoop(quick, _time, _ => { });
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(stop.Token);
        for (var look = 1; look <= 5; look++)
        {
            Offer(loop, Set);
            await quick.SeenAsync(look);
        }

        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private void Offer(ControllerLoop loop, ObjectKey key) =>
        loop.Offer(new StoreEvent(StoreEventType.Modified, FrozenObject.At(_store.Revision, key, []), null));

    private sealed class Slow(ManualTimeProvider time, TimeSpan takes) : IController, IDisposable
    {
        private readonly SemaphoreSlim _looks = new(0);
        private int _awaited;

        public string Name => "slow";

        public List<ObjectKey> Seen { get; } = [];

        public void Dispose() => _looks.Dispose();

        public IEnumerable<ObjectKey> Affected(StoreEvent change) => [change.Object.Key];

        public TimeSpan? Reconcile(ObjectKey key)
        {
            time.Advance(takes);
            Seen.Add(key);
            _ = _looks.Release();
            return null;
        }

        public async Task SeenAsync(int count)
        {
            for (; _awaited < count; _awaited++)
            {
                Assert.True(await _looks.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            }
        }
    }
}
