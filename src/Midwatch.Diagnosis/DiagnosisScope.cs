using System.Collections.Immutable;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis;

/// <summary>
/// What a diagnosis is about, known as soon as the graph is: so that the inspector reads no stranger's logs.
/// </summary>
public static class DiagnosisScope
{
    /// <summary>
    /// The workloads, services and nodes whose symptoms count: what the procedure looks at and what that needs.
    /// </summary>
    public static ImmutableSortedSet<Subject> Subjects(Procedure procedure, Evidence evidence) =>
        new ScopeOfDiagnosis(procedure, new EvidenceIndex(evidence)).Subjects;
}
