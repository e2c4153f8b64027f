using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>One thing that is wrong in the scope.</summary>
/// <param name="Subject">The workload, service or node; a pod's symptoms are its workload's.</param>
/// <param name="Observations">The facts that tell of it, one for each pod that shows it.</param>
/// <param name="ExplainedBy">The causes (<c>id @ subject</c>) that explain it.</param>
public sealed record Symptom(
    Subject Subject, string Type, string Key, string Value, ImmutableArray<Observation> Observations,
    ImmutableArray<string> ExplainedBy);
