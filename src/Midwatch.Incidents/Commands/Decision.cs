using System.Collections.Immutable;
using Midwatch.Incidents.Events;

namespace Midwatch.Incidents.Commands;

/// <summary>What an incident answers to a command.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>These happen; none when there is nothing to record.</summary>
    public sealed record Accepted(ImmutableArray<IncidentEvent> Events) : Decision;

    /// <summary>It may not be.</summary>
    /// <param name="Reason">Why, in one sentence for people.</param>
    public sealed record Refused(string Reason) : Decision;

    internal static Decision Of(params ReadOnlySpan<IncidentEvent> events) => new Accepted([.. events]);
}
