using System.Collections.Concurrent;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>
/// shfmt writes operators as numbers that change between versions: each number must always stand for the same
/// operator of ours, and the other way round. One is kept for all the texts of a run, so that an operator that stands
/// in a text once is held against the others.
/// </summary>
internal sealed class OperatorNames
{
    private readonly ConcurrentDictionary<string, string> _theirs = new();
    private readonly ConcurrentDictionary<string, string> _ours = new();

    /// <summary>Where the two part; null when they are alike.</summary>
    public TreeDifference? FirstDifference(IReadOnlyList<Token> ours, IReadOnlyList<Token> theirs)
    {
        for (var i = 0; i < Math.Max(ours.Count, theirs.Count); i++)
        {
            var own = i < ours.Count ? ours[i].Text : "(nothing)";
            var other = i < theirs.Count ? theirs[i].Text : "(nothing)";
            var both = own.StartsWith("op ", StringComparison.Ordinal)
                && other.StartsWith("op ", StringComparison.Ordinal);
            if (both ? !Agree(own, other) : own != other)
            {
                var before = string.Join(' ', ours.Take(i).TakeLast(8).Select(token => token.Text));
                var at = ours.Count == 0 ? 0 : ours[Math.Min(i, ours.Count - 1)].At;
                return new TreeDifference(at, own, other, before);
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

/// <summary>The first step at which two trees part.</summary>
/// <param name="At">Where our node begins to which it belongs.</param>
internal sealed record TreeDifference(int At, string Ours, string Theirs, string Before);
