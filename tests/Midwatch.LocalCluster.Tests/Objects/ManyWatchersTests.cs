using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class ManyWatchersTests
{
    private const int Count = 10_000;
    private const int Watchers = 100;

    [Fact]
    public async Task Ten_thousand_objects_reach_a_hundred_watchers_each_once_and_in_order()
    {
        var store = new ObjectStore(TimeProvider.System);
        var watching = Enumerable.Range(0, Watchers).Select(_ => Task.Run(() => FollowAsync(store))).ToArray();
        for (var number = 0; number < Count; number++)
        {
            _ = store.Create(
                new ObjectKey("", "configmaps", "ns", "c-" + number.ToString(CultureInfo.InvariantCulture)),
                new JsonObject { ["kind"] = "ConfigMap", ["apiVersion"] = "v1" });
        }

        Assert.All(await Task.WhenAll(watching), seen => Assert.Equal(Count, seen));
    }

    // A watcher that falls too far behind is told so, and lists and watches again, as a client does.
    private static async Task<int> FollowAsync(ObjectStore store)
    {
        var seen = new HashSet<string>();
        long last = 0;
        while (seen.Count < Count)
        {
            using var watch = store.Watch("", "configmaps", "ns", last == 0 ? null : last);
            if (watch.Expired)
            {
                last = 0;
                seen.Clear();
                continue;
            }

            await foreach (var change in watch.WithCancellation(TestContext.Current.CancellationToken))
            {
                Assert.True(seen.Add(change.Object.Key.Name), "an event came twice");
                last = Math.Max(last, change.Object.ResourceVersion);
                if (seen.Count == Count)
                {
                    break;
                }
            }
        }

        return seen.Count;
    }
}
