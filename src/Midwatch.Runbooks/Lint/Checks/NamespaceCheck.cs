using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// A kubectl call without a namespace in a document whose other calls name one (MW2010). Silent where the document
/// sets the namespace for what follows.
/// </summary>
internal sealed class NamespaceCheck : DocumentCheck
{
    // So many calls must name a namespace before the one that does not is a slip and no habit.
    private const int NamedLeast = 3;

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        var calls = document.Kubectl.Where(call => call.Outer is null or { Outer: null } && IsNamespaced(call, document)
            && !document.IsInProse(call)).ToList();
        var named = calls.Where(call => HasNamespace(call) && !IsOfTheCluster(call)).ToList();
        var bare = calls.Where(call => !HasNamespace(call)).ToList();
        if (named.Count < NamedLeast || bare.Count == 0 || bare.Count * 3 > named.Count || SetsNamespace(document))
        {
            yield break;
        }

        var most = named.Select(call => call.ValueOf("-n", "--namespace")?.Text).OfType<string>()
            .GroupBy(name => name).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        foreach (var call in bare)
        {
            yield return new Report("MW2010", call.Head,
                $"No namespace is named, where {named.Count} other commands of the document name one.",
                most is null ? "Add '-n NAMESPACE'." : $"Add '-n {most}', or the one that is meant.");
        }
    }

    private static bool HasNamespace(CommandCall call) =>
        call.Has("-n", "--namespace", "-A", "--all-namespaces");

    /// <summary>
    /// What Kubernetes runs for itself is named apart: that says nothing of the reader's own objects.
    /// </summary>
    private static bool IsOfTheCluster(CommandCall call) =>
        call.ValueOf("-n", "--namespace")?.Text is "kube-system" or "kube-public";

    /// <summary>Whether the call looks at or acts on objects of a namespace that only its context tells.</summary>
    private static bool IsNamespaced(CommandCall call, LintDocument document)
    {
        var parsed = call.Parsed!;
        if (parsed.StrangeVerb is not null
            || call.Has("--raw", "--dry-run", "--as", "-f", "--filename", "-k", "--kustomize")
            && call.Verb is not "logs")
        {
            return false;
        }

        return call.Verb switch
        {
            "logs" or "log" or "exec" or "attach" or "port-forward" or "run" or "top pod" or "top pods" or "top po"
                or "expose" or "autoscale" => true,
            "rollout status" or "rollout restart" or "rollout undo" or "rollout history" => true,
            "scale" => parsed.Operands is [{ Known: true } scaled, ..]
                && (scaled.Text.Contains('/', StringComparison.Ordinal) || IsNamespaced(scaled.Text, document)),
            // Without a name it tells of a verb, and deletes nothing.
            "delete" when parsed.Operands.Length < 2 && parsed.Operands.All(word =>
                !word.Text.Contains('/', StringComparison.Ordinal)) && !call.Has("-l", "--selector", "--all") => false,
            "create job" or "create cronjob" or "create secret generic" or "create configmap" => true,
            "get" or "describe" or "delete" or "edit" or "patch" or "label" or "annotate" or "wait" =>
                parsed.Operands is [{ Known: true } first, ..] && IsNamespaced(first.Text, document),
            _ => false,
        };
    }

    private static bool IsNamespaced(string operand, LintDocument document) => operand.Split('/')[0].Split(',')
        .All(kind => document.Kinds.IsKind(kind) && document.Kinds.Normalise(kind) is "pod" or "deployment"
            or "replicaset" or "statefulset" or "daemonset" or "job" or "cronjob" or "service" or "endpoints"
            or "ingress" or "networkpolicy" or "configmap" or "secret" or "serviceaccount"
            or "persistentvolumeclaim" or "horizontalpodautoscaler" or "poddisruptionbudget" or "resourcequota"
            or "role" or "rolebinding");

    private static bool SetsNamespace(LintDocument document) =>
        document.Calls.Any(call => call.Program is "kubens" or "kubie"
            || (call.IsKubectl("project", "config set-context", "config use-context", "projects")
                || (call.Tool?.Name == "alias")))
        || document.Runbook.Text.Contains("--namespace=$", StringComparison.Ordinal);
}
