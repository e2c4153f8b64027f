namespace Midwatch.Incidents;

/// <summary>Where an incident stands. Which duty follows is told by <see cref="Incident.NextDuty"/>.</summary>
public enum IncidentStage
{
    /// <summary>Nothing was looked at yet, or it has to be looked at anew.</summary>
    Open,

    /// <summary>The reads run.</summary>
    Diagnosing,

    /// <summary>The scenarios are ranked.</summary>
    Ranked,

    /// <summary>A plan waits for people.</summary>
    AwaitingApproval,

    /// <summary>The plan is approved and runs.</summary>
    Acting,

    /// <summary>The plan ran; the proof is due.</summary>
    Acted,

    /// <summary>Recovery is being proven.</summary>
    Verifying,

    /// <summary>Recovery is proven.</summary>
    Proven,

    /// <summary>There was no fault.</summary>
    NoFault,

    /// <summary>A person has to go on.</summary>
    HandedOver,

    /// <summary>It is over.</summary>
    Closed,
}
