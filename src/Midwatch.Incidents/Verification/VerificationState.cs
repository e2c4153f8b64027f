using System.Collections.Immutable;

namespace Midwatch.Incidents.Verification;

/// <summary>A verification under way or ended.</summary>
/// <param name="GivesUpAt">When the patience ends and recovery counts as not proven.</param>
/// <param name="Settling">How long everything has to hold.</param>
public sealed record VerificationState(DateTimeOffset StartedAt, DateTimeOffset GivesUpAt, TimeSpan Settling)
{
    /// <summary>The latest answer to each check, by its id.</summary>
    public ImmutableArray<CheckResult> Checks { get; init; } = [];

    /// <summary>Since when everything holds; null while something does not.</summary>
    public DateTimeOffset? HoldsSince { get; init; }
}
