using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>
/// Matches bash's patterns: <c>* ? […]</c>, a backslash before what stands for itself, and extended globs. It follows
/// all ways at once, as sets of places, so that no pattern takes exponential time.
/// </summary>
internal sealed class ShellPattern
{
    // About a second. Past it the answer would not come while somebody waits.
    private const long StepsMax = 400_000_000;

    // Steps between two looks at the token: some ten microseconds.
    private const long StepsUncancelled = 1024;

    private readonly ImmutableArray<PatternNode> _nodes;
    private readonly bool _folds;
    private readonly CancellationToken _cancellation;
    private long _steps;
    private long _looked;

    /// <param name="cancellation">Ends matching, which then throws.</param>
    public ShellPattern(string pattern, bool extended, bool folds, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _nodes = new PatternParser(pattern, extended).Parse();
        _folds = folds;
        StartsWithStar = _nodes is [PatternNode.Star, ..];
        Literal = !folds && _nodes.All(node => node is PatternNode.Plain)
            ? string.Concat(_nodes.Select(node => Text(((PatternNode.Plain)node).Code)))
            : null;
    }

    /// <summary>Gets the one text that matches; null when several may.</summary>
    public string? Literal { get; }

    /// <summary>Gets whether a match at some place implies one at every earlier place.</summary>
    public bool StartsWithStar { get; }

    /// <summary>Gets whether matching was given up because it takes too long: the answers are wrong then.</summary>
    public bool IsExhausted => _steps > StepsMax;

    public bool IsMatch(string text) => Literal is { } literal
        ? text == literal
        : Ends(_nodes, PlaceSet.Of(0), new Subject(text, Backwards: false)).Contains(text.Length);

    /// <summary>How much matches from a place on; -1 for nothing.</summary>
    public int LengthAt(string text, int start, bool longest)
    {
        var ends = Ends(_nodes, PlaceSet.Of(start), new Subject(text, Backwards: false));
        return ends.IsEmpty ? -1 : (longest ? ends.Last : ends.First) - start;
    }

    /// <summary>How much matches before the end of the text; -1 for nothing.</summary>
    public int LengthBeforeEnd(string text, bool longest)
    {
        var ends = Ends(Reversed(_nodes), PlaceSet.Of(0), new Subject(text, Backwards: true));
        return ends.IsEmpty ? -1 : longest ? ends.Last : ends.First;
    }

    private static ImmutableArray<PatternNode> Reversed(ImmutableArray<PatternNode> nodes) =>
        [.. nodes.Reverse().Select(node => node is PatternNode.Group group
            ? group with { Alternatives = [.. group.Alternatives.Select(Reversed)] }
            : node)];

    private PlaceSet Ends(ImmutableArray<PatternNode> nodes, PlaceSet places, Subject subject)
    {
        foreach (var node in nodes)
        {
            if (places.IsEmpty || IsExhausted)
            {
                return PlaceSet.Empty;
            }

            places = node switch
            {
                PatternNode.Star => PlaceSet.Between(places.First, subject.Length),
                PatternNode.Group group => GroupEnds(group, places, subject),
                _ => Step(node, places, subject),
            };
        }

        return places;
    }

    private PlaceSet Step(PatternNode node, PlaceSet places, Subject subject)
    {
        var next = new PlaceSet.Builder();
        foreach (var place in places.Places())
        {
            Count(1);
            if (place < subject.Length && Matches(node, subject.At(place, out var length)))
            {
                next.Add(place + length);
            }
        }

        return next.ToSet();
    }

    private PlaceSet GroupEnds(PatternNode.Group group, PlaceSet places, Subject subject)
    {
        switch (group.Kind)
        {
            case '@':
                return Any(group, places, subject);
            case '?':
                return places.Union(Any(group, places, subject));
            case '!':
                return Others(group, places, subject);
        }

        var reached = group.Kind == '*' ? places : Any(group, places, subject);
        for (var more = reached; !more.IsEmpty && !IsExhausted;)
        {
            more = Any(group, more, subject).Except(reached);
            reached = reached.Union(more);
        }

        return reached;
    }

    private PlaceSet Any(PatternNode.Group group, PlaceSet places, Subject subject) => group.Alternatives
        .Select(alternative => Ends(alternative, places, subject))
        .Aggregate(PlaceSet.Empty, (all, some) => all.Union(some));

    private PlaceSet Others(PatternNode.Group group, PlaceSet places, Subject subject)
    {
        var reached = PlaceSet.Empty;
        foreach (var place in places.Places())
        {
            Count(subject.Length - place);
            var any = Any(group, PlaceSet.Of(place), subject);
            reached = reached.Union(PlaceSet.Between(place, subject.Length).Except(any));
        }

        return reached;
    }

    private void Count(int steps)
    {
        _steps += steps;
        if (_steps - _looked >= StepsUncancelled)
        {
            _looked = _steps;
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool Matches(PatternNode node, int code) => node switch
    {
        PatternNode.Any => true,
        PatternNode.Plain plain => plain.Code == code || (_folds && Fold(plain.Code) == Fold(code)),
        PatternNode.Bracket bracket => (Within(bracket, code) || (_folds && (Within(bracket, Fold(code))
            || Within(bracket, Raise(code))))) != bracket.Negated,
        _ => false,
    };

    private static bool Within(PatternNode.Bracket bracket, int code) =>
        bracket.Ranges.Any(range => code >= range.Low && code <= range.High)
        || bracket.Classes.Any(name => CharacterClass.Holds(name, code));

    private static int Fold(int code) => Rune.IsValid(code) ? Rune.ToLowerInvariant(new Rune(code)).Value : code;

    private static int Raise(int code) => Rune.IsValid(code) ? Rune.ToUpperInvariant(new Rune(code)).Value : code;

    private static string Text(int code) => Rune.IsValid(code) ? new Rune(code).ToString() : ((char)code).ToString();

    /// <summary>A text that is read from its beginning, or from its end.</summary>
    private readonly record struct Subject(string Text, bool Backwards)
    {
        public int Length => Text.Length;

        public int At(int place, out int length)
        {
            var index = Backwards ? Text.Length - 1 - place : place;
            var low = Backwards && index > 0 && char.IsSurrogatePair(Text[index - 1], Text[index]) ? index - 1 : index;
            if (Rune.TryGetRuneAt(Text, low, out var rune))
            {
                length = rune.Utf16SequenceLength;
                return rune.Value;
            }

            length = 1;
            return Text[index];
        }
    }
}
