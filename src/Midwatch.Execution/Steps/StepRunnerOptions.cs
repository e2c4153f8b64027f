using System.Collections.Immutable;
using Midwatch.Execution.Programs;
using Midwatch.Execution.Redaction;
using Midwatch.Processes;
using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Steps;

/// <summary>Everything that the commands of one session get from outside.</summary>
public sealed record StepRunnerOptions
{
    /// <summary>Starts the programs; shared by all runners.</summary>
    public required ProgramStarter Starter { get; init; }

    /// <summary>
    /// A folder of the incident's own, made when it is not there; absolute. Programs get <c>home</c> below it as
    /// HOME, shared by the
    /// runners of the incident, and each runner works in a folder of its own below it.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>
    /// The kubeconfig of the identity that these commands have; see <see cref="Places.OneContextKubeconfig"/>.
    /// </summary>
    public required string Kubeconfig { get; init; }

    /// <summary>
    /// By what programs reach the services of the local cluster by name; null for any other cluster. See
    /// <see cref="Places.ServiceNameProxy"/>.
    /// </summary>
    public Uri? ServiceNames { get; init; }

    /// <summary>The kubectl to use, absolute; null to find one in <see cref="SearchPath"/>.</summary>
    public string? Kubectl { get; init; }

    /// <summary>Where other programs are looked for: directories between colons.</summary>
    public required string SearchPath { get; init; }

    /// <summary>Values for placeholders.</summary>
    public PlaceholderBindings Bindings { get; init; } = PlaceholderBindings.None;

    /// <summary>Variables from outside, such as alert labels. Each stays one word and can be no option.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Replaces secrets in everything that leaves the runner; shared by the runners of an incident.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>Tells the effects of programs as they start.</summary>
    public required EffectJudge Judge { get; init; }

    /// <summary>Answers what temporary pods would have been made for; null when nobody can.</summary>
    public Func<InspectorQuestion, CancellationToken, Task<QuestionAnswer>>? Ask { get; init; }

    /// <summary>Time limits and how much output is kept.</summary>
    public ExecutionLimits Limits { get; init; } = ExecutionLimits.Default;

    /// <summary>The clock of limits, start times and durations.</summary>
    public required TimeProvider Time { get; init; }
}
