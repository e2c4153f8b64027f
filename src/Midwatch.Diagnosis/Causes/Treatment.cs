using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Causes;

/// <summary>What an action does to a cause.</summary>
/// <param name="Action">An action shape of the effect data, such as <c>undo-rollout</c>.</param>
/// <param name="Because">Why, in a sentence that stands by itself.</param>
public sealed record Treatment(string Action, string Because)
{
    /// <summary>
    /// Whether it works wherever it is done (freeing room elsewhere), not only on the subject itself.
    /// </summary>
    public bool Anywhere { get; init; }

    /// <summary>Whether it makes things worse.</summary>
    public bool Harms { get; init; }

    /// <summary>Whether it only holds where the subject's template changed shortly before.</summary>
    public bool NeedsRollout { get; init; }

    /// <summary>
    /// The actions of which one must come before it in the same scenario; empty where it works alone.
    /// </summary>
    public ImmutableArray<string> After { get; init; } = [];
}
