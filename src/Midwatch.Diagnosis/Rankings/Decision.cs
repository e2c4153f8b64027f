using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Scenarios;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>What follows from a ranking.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The kept commands of the scenario are to be planned.</summary>
    public sealed record Act(string Scenario, string Cause, ImmutableArray<Subject> Subjects) : Decision;

    /// <summary>
    /// The scenario is the right one, but it has conditions that only a person can answer. It may be planned; it may
    /// not be done before each question is answered with yes.
    /// </summary>
    public sealed record Ask(
        string Scenario, string Cause, ImmutableArray<Subject> Subjects,
        ImmutableArray<GateResult> Questions) : Decision;

    /// <summary>The scenario is about this kind of failure, but its action would not help. Nothing is done.</summary>
    public sealed record Family(string Scenario, string Cause, string Because) : Decision;

    /// <summary>It cannot be told well enough. Nothing is done.</summary>
    public sealed record Abstain(string Because, ImmutableArray<Reason> Missing) : Decision;

    /// <summary>Nothing in the scope is wrong, and the alert's expression does not say otherwise.</summary>
    public sealed record NoFault(string Because) : Decision;
}
