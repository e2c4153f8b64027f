using Midwatch.Diagnosis.Observations;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Inspection;

/// <summary>What an answer of the API server means for the diagnosis.</summary>
internal static class Outcome
{
    public static ReadOutcome Of<T>(KubernetesAnswer<T> answer) => answer switch
    {
        KubernetesAnswer<T>.Done => ReadOutcome.Made,
        KubernetesAnswer<T>.Denied => ReadOutcome.Denied,
        KubernetesAnswer<T>.TimedOut => ReadOutcome.TimedOut,
        _ => ReadOutcome.Failed,
    };
}
