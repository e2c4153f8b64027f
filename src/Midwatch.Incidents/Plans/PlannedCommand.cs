using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Policies;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Plans;

/// <summary>A command of the chosen scenario, bound to this incident.</summary>
public sealed record PlannedCommand
{
    /// <summary>The command's id in the document.</summary>
    public required string Id { get; init; }

    /// <summary>The step that it belongs to.</summary>
    public required string StepId { get; init; }

    /// <summary>The step's title.</summary>
    public required string StepTitle { get; init; }

    /// <summary>The command as written.</summary>
    public required string Text { get; init; }

    /// <summary>Its line in the document, 1-based.</summary>
    public required int Line { get; init; }

    /// <summary>Its column, 1-based.</summary>
    public required int Column { get; init; }

    /// <summary>What it does.</summary>
    public required Effect Effect { get; init; }

    /// <summary>What else is known of it.</summary>
    public required Marks Marks { get; init; }

    /// <summary>The shape of its action; null for reads.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// The programs that it starts, fully expanded, each as its exact argument vector; secret arguments are replaced by
    /// their hash, so that a change of them is a change here.
    /// </summary>
    public required ImmutableArray<ImmutableArray<string>> ArgumentVectors { get; init; }

    /// <summary>The objects that it acts on, as they were looked at when the plan was made; empty for reads.</summary>
    public required ImmutableArray<TargetSnapshot> Targets { get; init; }

    /// <summary>The namespace that it acts in; null when it names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>True when its target lies in the procedure's scope.</summary>
    public required bool IsInScope { get; init; }

    /// <summary>True when doing it twice is the same as doing it once.</summary>
    public required bool IsIdempotent { get; init; }

    /// <summary>What would undo it; null when nothing would, or it is not known.</summary>
    public string? Inverse { get; init; }

    /// <summary>Why it cannot be run as it stands; empty when it can.</summary>
    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    /// <summary>What the policy says of it; null only before the plan is composed.</summary>
    public PolicyDecision? Decision { get; init; }

    /// <summary>True when it does more than read, so that an intent precedes it.</summary>
    [JsonIgnore]
    public bool IsActing => Effect != Effect.Read;

    /// <summary>The effect in the word of the documents.</summary>
    [JsonIgnore]
    public string EffectWord => EffectWords.Of(Effect);

    /// <summary>The effect's marks in the words of the documents.</summary>
    [JsonIgnore]
    public ImmutableArray<string> MarkWords => EffectWords.Of(Marks);
}
