using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Collection;

namespace Midwatch.LocalCluster.Tests.Objects;

/// <summary>What must hold of watches and of garbage collection whatever happens in whatever order.</summary>
public sealed class StorePropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void A_list_and_its_watch_together_are_the_present()
    {
        var steps = Gen.Choose(0, 8).Two().Where(step => step.Item1 >= 0).ArrayOf().ToArbitrary();
        Prop.ForAll(steps, Gen.Choose(0, 100).ToArbitrary(), (writes, where) =>
        {
            var store = new ObjectStore(TimeProvider.System);
            var cut = writes.Length * where / 100;
            foreach (var step in writes.Take(cut))
            {
                Write(store, step.Item1, step.Item2);
            }

            var (items, revision) = store.Snapshot("", "configmaps", "ns");
            var seen = items.ToDictionary(one => one.Key.Name, one => one.ResourceVersion);
            foreach (var step in writes.Skip(cut))
            {
                Write(store, step.Item1, step.Item2);
            }

            var last = revision;
            using var watch = store.Watch("", "configmaps", "ns", revision);
            while (watch.TryTake(out var change))
            {
                Assert.True(change.Object.ResourceVersion > last, "events come in the order of their revisions");
                last = change.Object.ResourceVersion;
                Assert.Equal(change.Type == StoreEventType.Added, !seen.ContainsKey(change.Object.Key.Name));
                if (change.Type == StoreEventType.Deleted)
                {
                    Assert.True(seen.Remove(change.Object.Key.Name));
                }
                else
                {
                    seen[change.Object.Key.Name] = change.Object.ResourceVersion;
                }
            }

            Assert.Equal(
                store.List("", "configmaps", "ns").ToDictionary(one => one.Key.Name, one => one.ResourceVersion), seen);
        }).Check(Config);
    }

    [Fact]
    public void Whatever_descends_from_a_deleted_owner_goes_and_nothing_else()
    {
        // Each object's owner is one before it, or nobody.
        var forest = Gen.Choose(-1, 40).ArrayOf(14).ToArbitrary();
        Prop.ForAll(forest, Gen.Choose(0, 13).ToArbitrary(), (owners, victim) =>
        {
            var store = new ObjectStore(TimeProvider.System);
            using var stop = new CancellationTokenSource();
            var collecting = new GarbageCollector(store, TimeProvider.System).RunAsync(stop.Token);
            for (var number = 0; number < owners.Length; number++)
            {
                Make(store, number, number == 0 ? -1 : owners[number] % (number + 1) - 1);
            }

            var doomed = Descendants(owners, victim);
            using var watch = store.Watch("", "configmaps", "ns", store.Revision);
            _ = store.Delete(Key(victim), new DeleteOptions());
            UntilGone(watch, doomed.Count, stop);

            Assert.Equal(
                Enumerable.Range(0, owners.Length).Where(number => !doomed.Contains(number)).Select(Name)
                    .Order(StringComparer.Ordinal),
                store.List("", "configmaps", "ns").Select(one => one.Key.Name).Order(StringComparer.Ordinal));
            stop.Cancel();
            Assert.True(SpinWait.SpinUntil(() => collecting.IsCompleted, TimeSpan.FromSeconds(10)));
        }).Check(Config);
    }

    [Fact]
    public void Orphans_stay_with_all_that_is_theirs_and_in_the_foreground_the_owner_goes_last()
    {
        var forest = Gen.Choose(-1, 40).ArrayOf(10).ToArbitrary();
        var policies = Gen.Elements(PropagationPolicy.Orphan, PropagationPolicy.Foreground).ToArbitrary();
        Prop.ForAll(forest, Gen.Choose(0, 9).ToArbitrary(), policies, (owners, victim, policy) =>
        {
            var store = new ObjectStore(TimeProvider.System);
            using var stop = new CancellationTokenSource();
            var collecting = new GarbageCollector(store, TimeProvider.System).RunAsync(stop.Token);
            for (var number = 0; number < owners.Length; number++)
            {
                Make(store, number, number == 0 ? -1 : owners[number] % (number + 1) - 1);
            }

            var doomed = policy == PropagationPolicy.Orphan ? [victim] : Descendants(owners, victim);
            var uid = store.Get(Key(victim))!.Uid;
            using var watch = store.Watch("", "configmaps", "ns", store.Revision);
            _ = store.Delete(Key(victim), new DeleteOptions(policy));
            Assert.Equal(Name(victim), UntilGone(watch, doomed.Count, stop));

            var left = store.List("", "configmaps", "ns");
            Assert.Equal(owners.Length - doomed.Count, left.Length);
            Assert.DoesNotContain(left, one => one.Body.ToJsonString().Contains(uid, StringComparison.Ordinal));
            stop.Cancel();
            Assert.True(SpinWait.SpinUntil(() => collecting.IsCompleted, TimeSpan.FromSeconds(10)));
        }).Check(Config);
    }

    private static HashSet<int> Descendants(int[] owners, int root)
    {
        var found = new HashSet<int> { root };
        for (var number = 1; number < owners.Length; number++)
        {
            if (found.Contains(owners[number] % (number + 1) - 1))
            {
                _ = found.Add(number);
            }
        }

        return found;
    }

    // The name of what went last.
    private static string UntilGone(StoreWatch watch, int count, CancellationTokenSource stop)
    {
        var last = "";
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        for (var gone = 0; gone < count;)
        {
            Assert.False(stop.IsCancellationRequested, "the collector did not come to an end");
            if (watch.TryTake(out var change))
            {
                gone += change.Type == StoreEventType.Deleted ? 1 : 0;
                last = change.Type == StoreEventType.Deleted ? change.Object.Key.Name : last;
            }
            else
            {
                _ = Thread.Yield();
            }
        }

        return last;
    }

    private static void Make(ObjectStore store, int number, int owner)
    {
        var metadata = new JsonObject();
        if (owner >= 0)
        {
            metadata["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ConfigMap",
                ["name"] = Name(owner),
                ["uid"] = store.Get(Key(owner))!.Uid,
            });
        }

        _ = store.Create(Key(number), new JsonObject
        {
            ["kind"] = "ConfigMap",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
        });
    }

    private static void Write(ObjectStore store, int which, int what)
    {
        if (what == 0)
        {
            _ = store.Delete(Key(which), new DeleteOptions());
        }
        else if (store.Mutate(Key(which), body => body["data"] = new JsonObject { ["n"] = $"{what}" })
            is StoreResult.NotFound)
        {
            Make(store, which, -1);
        }
    }

    private static ObjectKey Key(int number) => new("", "configmaps", "ns", Name(number));

    private static string Name(int number) => "c-" + number.ToString(CultureInfo.InvariantCulture);
}
