using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Procedures;

/// <summary>What a procedure is for.</summary>
public enum ProcedureKind
{
    /// <summary>It answers one or more named alerts.</summary>
    Alert,

    /// <summary>It meets a failure that no alert names.</summary>
    Failure,

    /// <summary>It is a routine operation.</summary>
    Operation,

    /// <summary>Anything else with commands.</summary>
    General,
}

/// <summary>One thing that a runbook handles.</summary>
public sealed record Procedure
{
    /// <summary>Stable within the document: the heading as a slug, made unique by a number.</summary>
    public required string Id { get; init; }

    /// <summary>The heading it stands under.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public required ProcedureKind Kind { get; init; }

    /// <summary>The heading's line, 1-based.</summary>
    public required int Line { get; init; }

    /// <summary>The alerts that open it.</summary>
    public required ImmutableArray<AlertBinding> Alerts { get; init; }

    /// <summary>
    /// The severity that the document states, in its own word and lower case; null when it states none.
    /// </summary>
    public string? Severity { get; init; }

    /// <summary>The threshold or condition of the alert as the document states it; null when it states none.</summary>
    public string? Threshold { get; init; }

    /// <summary>How long recovery takes at most, as the document promises; null when it promises nothing.</summary>
    public TimeSpan? RecoveryTime { get; init; }

    /// <summary>What its commands touch.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Its sections in document order.</summary>
    public required ImmutableArray<Section> Sections { get; init; }

    /// <summary>Its steps outside scenarios, in document order, of every phase.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>The branches of its resolution, in document order.</summary>
    public required ImmutableArray<Scenario> Scenarios { get; init; }

    /// <summary>What it lists as its symptoms, outside scenarios.</summary>
    public ImmutableArray<ScenarioHint> Symptoms { get; init; } = [];

    /// <summary>What its prose says about what means what.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>When to escalate, and to whom.</summary>
    public required ImmutableArray<Escalation> Escalations { get; init; }

    /// <summary>Its prevention measures.</summary>
    public required ImmutableArray<Prevention> Preventions { get; init; }

    /// <summary>Other alerts that it names, with what it says of them.</summary>
    public required ImmutableArray<RelatedAlert> RelatedAlerts { get; init; }

    /// <summary>What else it states: who is hit, what happens by itself, warnings, fields of its head.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>The links of its prose: jumps, other documents, pages.</summary>
    public ImmutableArray<RunbookLink> Links { get; init; } = [];
}

/// <summary>An alert that opens a procedure, with the line that says so.</summary>
public sealed record AlertBinding(string Name, int Line)
{
    /// <summary>
    /// How long its condition must hold before it fires, as the document states it; null for not said.
    /// </summary>
    public TimeSpan? For { get; init; }
}

/// <summary>An alert that a procedure only mentions.</summary>
public sealed record RelatedAlert(string Name, string Relation, int Line)
{
    /// <summary>Its severity, in the document's own word and lower case; null for not said.</summary>
    public string? Severity { get; init; }

    /// <summary>Its threshold or expression as the document states it; null for not said.</summary>
    public string? Threshold { get; init; }

    /// <summary>How long its condition must hold before it fires; null for not said.</summary>
    public TimeSpan? For { get; init; }
}

/// <summary>A headed part of a procedure.</summary>
public sealed record Section(Phase Phase, string Title, int Line)
{
    /// <summary>Why it has its phase, in one sentence.</summary>
    public string Because { get; init; } = "";
}

/// <summary>A measure under "Prevention": its title, its text, and the YAML that it gives, if any.</summary>
public sealed record Prevention(string Title, string Text, string? Yaml, int Line);

/// <summary>
/// When to escalate. With <paramref name="After"/> it is a clock that starts at the event <paramref name="From"/>
/// (<c>alert</c>, <c>attempted-fix</c>, <c>acknowledged</c>); without, an item of a checklist or a stage of the path.
/// </summary>
public sealed record Escalation(TimeSpan? After, string? From, string? To, string? Condition, int Line);

/// <summary>"Observation → cause", as the runbook's prose states it.</summary>
/// <param name="Subject">What the rule's block or section looks at (a workload, selector or kind); null when it does
/// not say.</param>
public sealed record Rule(string Observation, string Cause, TargetReference? Subject, int Line)
{
    /// <summary>The prose quotes the observation: it is to be found letter by letter in output.</summary>
    public bool IsLiteral { get; init; }
}
