using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>A set of places in a text, kept as stretches in order.</summary>
internal readonly record struct PlaceSet(ImmutableArray<(int From, int To)> Stretches)
{
    public static PlaceSet Empty { get; } = new([]);

    public bool IsEmpty => Stretches.IsEmpty;

    public int First => Stretches[0].From;

    public int Last => Stretches[^1].To;

    public static PlaceSet Of(int place) => new([(place, place)]);

    public static PlaceSet Between(int from, int to) => new([(from, to)]);

    public bool Contains(int place) => Stretches.Any(stretch => place >= stretch.From && place <= stretch.To);

    public IEnumerable<int> Places()
    {
        foreach (var (from, to) in Stretches)
        {
            for (var place = from; place <= to; place++)
            {
                yield return place;
            }
        }
    }

    public PlaceSet Union(PlaceSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return IsEmpty ? other : this;
        }

        var all = new Builder();
        foreach (var (from, to) in Stretches.Concat(other.Stretches).OrderBy(stretch => stretch.From))
        {
            all.Add(from, to);
        }

        return all.ToSet();
    }

    public PlaceSet Except(PlaceSet other)
    {
        var left = new Builder();
        foreach (var (from, to) in Stretches)
        {
            var next = from;
            foreach (var (without, until) in other.Stretches)
            {
                if (until >= next && without <= to)
                {
                    left.Add(next, without - 1);
                    next = until + 1;
                }
            }

            left.Add(next, to);
        }

        return left.ToSet();
    }

    /// <summary>Takes stretches in the order of their beginnings.</summary>
    internal sealed class Builder
    {
        private readonly List<(int From, int To)> _stretches = [];

        public void Add(int place) => Add(place, place);

        public void Add(int from, int to)
        {
            if (from > to)
            {
                return;
            }

            if (_stretches.Count > 0 && from <= _stretches[^1].To + 1)
            {
                _stretches[^1] = (_stretches[^1].From, Math.Max(to, _stretches[^1].To));
            }
            else
            {
                _stretches.Add((from, to));
            }
        }

        public PlaceSet ToSet() => new([.. _stretches]);
    }
}
