using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Objects;

/// <summary>Many who write at once, and the order in which all is listed.</summary>
public sealed class StoreContentionTests
{
    private static readonly ObjectKey Counter = new("", "configmaps", "ns", "counter");

    [Fact]
    public async Task No_change_is_lost_however_many_make_them_at_once()
    {
        const int Writers = 8;
        const int Changes = 200;
        var store = new ObjectStore(TimeProvider.System);
        _ = store.Create(Counter, new JsonObject { ["count"] = 0 });
        using var watch = store.Watch("", "configmaps", "ns", store.Revision);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() =>
        {
            for (var change = 0; change < Changes; change++)
            {
                Assert.IsType<StoreResult.Done>(
                    store.Mutate(Counter, body => body["count"] = body["count"]!.GetValue<int>() + 1));
            }
        })));

        Assert.Equal(Writers * Changes, store.Get(Counter)!.Body["count"]!.GetValue<int>());
        for (var count = 1; watch.TryTake(out var change); count++)
        {
            Assert.Equal(count, change.Object.Body["count"]!.GetValue<int>());
            Assert.Equal(count - 1, change.Previous!.Body["count"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Of_many_who_write_what_they_read_one_wins_and_the_others_are_told()
    {
        var store = new ObjectStore(TimeProvider.System);
        _ = store.Create(Counter, new JsonObject { ["count"] = 0 });
        var read = store.Get(Counter)!;
        var results = await Task.WhenAll(Enumerable.Range(1, 16).Select(number => Task.Run(() =>
        {
            var body = read.Clone();
            body["count"] = number;
            return store.Update(Counter, read.ResourceVersion, body);
        })));
        Assert.Single(results.OfType<StoreResult.Done>());
        Assert.Equal(15, results.OfType<StoreResult.Conflict>().Count());
    }

    [Fact]
    public void What_is_listed_is_what_was_written_in_order() => Prop.ForAll(
        Gen.Elements("", "a", "ab", "b", "Z").Two().Zip(Gen.Choose(0, 3)).ArrayOf().ToArbitrary(), steps =>
        {
            var objects = new KindObjects();
            var model = new SortedDictionary<(string Namespace, string Name), StoredObject>(
                Comparer<(string Namespace, string Name)>.Create((x, y) =>
                    string.CompareOrdinal(x.Namespace, y.Namespace) is not 0 and var order
                        ? order : string.CompareOrdinal(x.Name, y.Name)));
            foreach (var ((ns, name), what) in steps)
            {
                var key = new ObjectKey("", "configmaps", ns.Length == 0 ? null : ns, name + "x");
                if (what == 0)
                {
                    objects.Remove(key);
                    _ = model.Remove((ns, key.Name));
                    continue;
                }

                var item = FrozenObject.At(what, key, []);
                objects.Put(item);
                model[(ns, key.Name)] = item;
            }

            Assert.Equal(model.Values, objects.In(null).ToArray());
            Assert.All(model.Values, item => Assert.Same(item, objects.Find(item.Key)));
            foreach (var ns in (ReadOnlySpan<string>)["a", "ab", "b", "Z", "no"])
            {
                Assert.Equal(model.Values.Where(item => item.Key.Namespace == ns), objects.In(ns).ToArray());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
