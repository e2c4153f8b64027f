using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Observations;

/// <summary>An object of the scope, with what selectors match on.</summary>
/// <param name="Labels">Its own labels.</param>
/// <param name="PodLabels">The labels of the pods that it makes; empty for what makes none.</param>
public sealed record GraphNode(
    Subject Subject, ImmutableSortedDictionary<string, string> Labels,
    ImmutableSortedDictionary<string, string> PodLabels);
