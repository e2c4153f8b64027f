using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Packing;

namespace Midwatch.LocalCluster.Tests.Objects;

/// <summary>Objects at rest take less room and are the same to everybody.</summary>
public sealed class PackingTests
{
    [Fact]
    public void Whatever_is_packed_comes_out_as_it_was()
    {
        var random = new Dice(17);
        var pattern = new TextPattern();
        var packer = new TextPacker(pattern);
        var packed = new List<(byte[] Text, PackedText Packed)>();
        for (var round = 0; round < 3_000; round++)
        {
            var text = Text(random, packed);
            packed.Add((text, packer.Pack(text)));
            if (random.Next(20) == 0)
            {
                _ = pattern.Add(text);
            }
        }

        // Also what was packed before the pattern grew.
        Assert.All(packed, one => Assert.Equal(one.Text, one.Packed.ToArray()));
        Assert.True(packed.Sum(one => one.Packed.Size) < packed.Sum(one => one.Text.Length));
    }

    [Fact]
    public void A_full_pattern_makes_room_for_another_and_nothing_is_lost()
    {
        var store = new ObjectStore(TimeProvider.System);
        var packing = new ObjectPacking(store, TimeProvider.System);
        var random = new Dice(5);
        var before = new Dictionary<string, string>();
        for (var number = 0; number < 60; number++)
        {
            // Nothing of one is in another: each wants a place in a pattern.
            var text = new string([.. Enumerable.Range(0, 3_000).Select(_ => (char)('0' + random.Next('z' - '0')))]);
            Create(store, $"c-{number}", text);
        }

        foreach (var item in store.List("", "configmaps", null))
        {
            before[item.Key.Name] = Encoding.UTF8.GetString(item.Utf8.Span);
        }

        packing.PackRested();
        packing.PackRested();
        Assert.All(
            store.List("", "configmaps", null),
            item => Assert.Equal(before[item.Key.Name], Encoding.UTF8.GetString(item.Utf8.Span)));
    }

    [Fact]
    public void Objects_at_rest_are_packed_and_answer_as_before()
    {
        var store = new ObjectStore(TimeProvider.System);
        var packing = new ObjectPacking(store, TimeProvider.System);
        for (var number = 0; number < 50; number++)
        {
            Create(store, $"c-{number}", new string('x', 40) + "the same in all of them, and long enough to tell");
        }

        var all = store.List("", "configmaps", null);
        var texts = all.Select(item => item.Utf8.ToArray()).ToList();
        packing.PackRested();
        Assert.DoesNotContain(all, item => item.IsPacked);
        var changed = store.Mutate(all[7].Key, body => body["data"]!["a"] = "another");
        packing.PackRested();

        Assert.Equal(49, all.Count(item => item.IsPacked));
        Assert.False(((StoreResult.Done)changed).Object.IsPacked);
        Assert.All(all.Zip(texts), pair => Assert.Equal(pair.Second, pair.First.Utf8.ToArray()));
        Assert.Equal("c-3", store.Get(new("", "configmaps", "default", "c-3"))!.Body["metadata"]!["name"]!.ToString());
        Assert.True(all[1].Mentions("long enough"u8));
        Assert.False(all[1].Mentions("nothing of the kind"u8));

        // Writing what is there already is no change, packed or not.
        var version = all[1].ResourceVersion;
        Assert.IsType<StoreResult.Done>(store.Update(all[1].Key, version, all[1].Clone()));
        Assert.Equal(version, store.Get(all[1].Key)!.ResourceVersion);
    }

    [Fact]
    public void What_is_asked_for_stays_as_it_is_sent_until_nobody_asked_for_a_while()
    {
        var store = new ObjectStore(TimeProvider.System);
        var packing = new ObjectPacking(store, TimeProvider.System);
        for (var number = 0; number < 20; number++)
        {
            Create(store, $"c-{number}", new string('x', 90));
        }

        packing.PackRested();
        packing.PackRested();
        var all = store.List("", "configmaps", null);
        Assert.All(all, item => Assert.True(item.IsPacked));
        Assert.Equal("ConfigMap", all[3].Body["kind"]!.ToString());
        Assert.True(all[3].IsPacked);
        var sent = all[3].Utf8;
        Assert.False(all[3].IsPacked);
        packing.PackRested();
        Assert.False(all[3].IsPacked);
        packing.PackRested();
        Assert.True(all[3].IsPacked);
        Assert.Equal(sent.ToArray(), all[3].Utf8.ToArray());
    }

    [Fact]
    public void What_is_written_again_and_again_is_not_kept_for_packing()
    {
        var store = new ObjectStore(TimeProvider.System);
        Create(store, "c", "1");
        for (var number = 0; number < 10; number++)
        {
            _ = store.Mutate(new("", "configmaps", "default", "c"), body => body["data"]!["a"] = $"{number}");
        }

        var rested = Assert.Single(store.TakeRested(store.Revision));
        Assert.Equal(store.Revision, rested.ResourceVersion);
        Assert.Empty(store.TakeRested(store.Revision));
    }

    // New ones, pieces of earlier ones with something of their own between, the same one again, and very short ones.
    private static byte[] Text(Dice random, List<(byte[] Text, PackedText Packed)> earlier)
    {
        var text = new List<byte>();
        var pieces = random.Next(8);
        for (var piece = 0; piece < pieces; piece++)
        {
            if (earlier.Count > 0 && random.Next(3) > 0)
            {
                var other = earlier[random.Next(earlier.Count)].Text;
                var from = random.Next(other.Length + 1);
                text.AddRange(other.AsSpan(from, random.Next(other.Length - from + 1)));
            }
            else
            {
                var isFlat = random.Next(4) == 0;
                text.AddRange(Enumerable.Range(0, random.Next(200)).Select(_ => (byte)(isFlat ? 7 : random.Next(256))));
            }
        }

        return [.. text.Take(4_000)];
    }

    private static void Create(ObjectStore store, string name, string text) => Assert.IsType<StoreResult.Done>(
        store.Create(new("", "configmaps", "default", name), new JsonObject
        {
            ["kind"] = "ConfigMap",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["data"] = new JsonObject { ["a"] = text },
        }));

    /// <summary>The same numbers in each run.</summary>
    private sealed class Dice(uint seed)
    {
        private uint _state = seed;

        public int Next(int below)
        {
            _state = unchecked((_state * 1_664_525) + 1_013_904_223);
            return (int)((_state >> 8) % (uint)below);
        }
    }
}
