using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>Compiles a pattern in which a backslash stands before what was quoted.</summary>
internal sealed class PatternParser(string pattern, bool extended)
{
    private const int DepthMax = 50;

    private int _at;
    private int _depth;

    public ImmutableArray<PatternNode> Parse() => Sequence(inGroup: false);

    private ImmutableArray<PatternNode> Sequence(bool inGroup)
    {
        var nodes = ImmutableArray.CreateBuilder<PatternNode>();
        while (_at < pattern.Length && !(inGroup && pattern[_at] is '|' or ')'))
        {
            nodes.Add(Next());
        }

        return nodes.ToImmutable();
    }

    private PatternNode Next()
    {
        if (extended && _at + 1 < pattern.Length && pattern[_at + 1] == '(' && pattern[_at] is '?' or '*' or '+' or '@'
            or '!' && _depth < DepthMax && Group() is { } group)
        {
            return group;
        }

        switch (pattern[_at])
        {
            case '*':
                _at++;
                return new PatternNode.Star();
            case '?':
                _at++;
                return new PatternNode.Any();
            case '[' when Bracket() is { } bracket:
                return bracket;
            case '\\' when _at + 1 < pattern.Length:
                _at++;
                return new PatternNode.Plain(Take());
            default:
                return new PatternNode.Plain(Take());
        }
    }

    private PatternNode.Group? Group()
    {
        var start = _at;
        var kind = pattern[_at];
        _at += 2;
        _depth++;
        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<PatternNode>>();
        alternatives.Add(Sequence(inGroup: true));
        while (_at < pattern.Length && pattern[_at] == '|')
        {
            _at++;
            alternatives.Add(Sequence(inGroup: true));
        }

        _depth--;
        if (_at < pattern.Length)
        {
            _at++;
            return new PatternNode.Group(kind, alternatives.ToImmutable());
        }

        // Never closed: it stands for itself.
        _at = start;
        return null;
    }

    /// <summary>A bracket expression; null when it is none and the bracket stands for itself.</summary>
    private PatternNode.Bracket? Bracket()
    {
        var start = _at++;
        var negated = _at < pattern.Length && pattern[_at] is '!' or '^';
        _at += negated ? 1 : 0;
        var ranges = ImmutableArray.CreateBuilder<(int, int)>();
        var classes = ImmutableArray.CreateBuilder<string>();
        for (var first = true; _at < pattern.Length; first = false)
        {
            if (pattern[_at] == ']' && !first)
            {
                _at++;
                return new PatternNode.Bracket(negated, ranges.ToImmutable(), classes.ToImmutable());
            }

            if (pattern[_at] == '[' && _at + 1 < pattern.Length && pattern[_at + 1] == ':'
                && pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is > 0 and var end)
            {
                classes.Add(pattern[(_at + 2)..end]);
                _at = end + 2;
                continue;
            }

            var low = One();
            var high = low;
            if (_at + 1 < pattern.Length && pattern[_at] == '-' && pattern[_at + 1] != ']')
            {
                _at++;
                high = One();
            }

            ranges.Add((low, high));
        }

        _at = start;
        return null;
    }

    private int One()
    {
        _at += pattern[_at] == '\\' && _at + 1 < pattern.Length ? 1 : 0;
        return Take();
    }

    private int Take()
    {
        if (Rune.TryGetRuneAt(pattern, _at, out var rune))
        {
            _at += rune.Utf16SequenceLength;
            return rune.Value;
        }

        return pattern[_at++];
    }
}
