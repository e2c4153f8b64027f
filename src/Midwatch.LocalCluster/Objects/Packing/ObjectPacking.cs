namespace Midwatch.LocalCluster.Objects.Packing;

/// <summary>
/// Packs objects that nobody changed for a while: an idle pod and what happened to it are eight thousand bytes of text,
/// of which nine in ten are the next pod's too.
/// </summary>
internal sealed class ObjectPacking(ObjectStore store, TimeProvider time)
{
    /// <summary>How often is looked; what is packed has rested for so long at least.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // Longer texts are somebody's data, and would fill the pattern.
    private const int TextMax = 64 * 1024;
    private const int LearnedMax = TextPattern.Capacity / 4;

    // Fewer texts of a kind than this gain nothing by a pattern, which is kept too.
    private const int Few = 8;

    private readonly Dictionary<(string Group, string Plural), TextPattern> _patterns = [];
    private long _rested;

    /// <summary>Packs until cancelled; does not throw then.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                PackRested();
            }
        }
        catch (OperationCanceledException)
        {
            // The cluster goes down.
        }
    }

    /// <summary>Packs what was written before the last call, or asked for before it, and neither since.</summary>
    internal void PackRested()
    {
        foreach (var ((group, plural), pattern) in _patterns)
        {
            if (pattern.IsUnpacked)
            {
                pattern.IsUnpacked = false;
                foreach (var item in store.List(group, plural, null))
                {
                    pattern.IsUnpacked |= item.PackAgain();
                }
            }
        }

        var until = _rested;
        _rested = store.Revision;
        foreach (var kind in store.TakeRested(until).GroupBy(item => (item.Key.Group, item.Key.Plural)))
        {
            var items = kind.Where(item => item.Length <= TextMax).ToList();
            var pattern = _patterns.GetValueOrDefault(kind.Key);
            if (pattern is not null || items.Count >= Few)
            {
                _patterns[kind.Key] = Pack(items, pattern ?? new TextPattern());
            }
        }
    }

    // The pattern by which the kind's next ones are packed.
    private static TextPattern Pack(List<StoredObject> items, TextPattern pattern)
    {
        var packer = new TextPacker(pattern);
        foreach (var item in items)
        {
            var text = item.Utf8.Span;
            var packed = packer.Pack(text);
            if (packed.Size > text.Length / 2 && text.Length <= LearnedMax)
            {
                if (!pattern.Add(text))
                {
                    pattern = pattern.Next();
                    packer = new TextPacker(pattern);
                    _ = pattern.Add(text);
                }

                packed = packer.Pack(text);
            }

            if (packed.Size < text.Length / 2)
            {
                item.Pack(packed);
            }
        }

        return pattern;
    }
}
