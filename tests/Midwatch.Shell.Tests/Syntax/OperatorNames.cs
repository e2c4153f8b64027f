namespace Midwatch.Shell.Tests.Syntax;

/// <summary>
/// shfmt writes operators as numbers that change between versions: each number must always stand for the same
/// operator of
/// ours, and the other way round.
/// </summary>
internal sealed class OperatorNames
{
    private readonly Dictionary<string, string> _theirs = [];
    private readonly Dictionary<string, string> _ours = [];

    public string? FirstDifference(List<string> ours, List<string> theirs)
    {
        for (var i = 0; i < Math.Max(ours.Count, theirs.Count); i++)
        {
            var own = i < ours.Count ? ours[i] : "(nothing)";
            var other = i < theirs.Count ? theirs[i] : "(nothing)";
            var both = own.StartsWith("op ", StringComparison.Ordinal)
                && other.StartsWith("op ", StringComparison.Ordinal);
            if (both ? !Agree(own, other) : own != other)
            {
                var before = string.Join(' ', ours.Take(i).TakeLast(8));
                return $"after «{before}»: ours «{own}», shfmt «{other}»";
            }
        }

        return null;
    }

    private bool Agree(string own, string other)
    {
        _theirs.TryAdd(own, other);
        _ours.TryAdd(other, own);
        return _theirs[own] == other && _ours[other] == own;
    }
}
