using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Tests.Situations;

/// <summary>
/// Three runbooks for one system: a web front that needs a cache and a model server, and workers beside it.
/// </summary>
internal static class RunbookTexts
{
    /// <summary>Beside the right scenario one whose only word of a cause fits any dependency.</summary>
    public static Procedure WithGenericTitle() => new ProcedureWriter(null)
        .Diagnose("Check Pod Status", "kubectl get pods -n shop -l component=web",
            "kubectl get service shop-web -n shop")
        .Scenario("Pods CrashLooping (Application Error)", null,
            ("kubectl rollout undo deployment/shop-web -n shop", "if recent deployment", "recent-rollout"))
        .Scenario("Missing Item", null,
            ("kubectl rollout restart deployment/shop-web -n shop", null, null))
        .Write();

    /// <summary>In the manner of headings with a bracketed explanation and rules in comments.</summary>
    public static Procedure Terse(Func<string, string>? rename = null) => new ProcedureWriter(rename)
        .Diagnose("Check Pod Status", "kubectl get pods -n shop -l component=web")
        .Diagnose("View Pod Events", "kubectl describe deployment/shop-web -n shop",
            "kubectl get events -n shop --sort-by='.lastTimestamp' | grep web")
        .Diagnose("Check Logs", "kubectl logs -n shop -l component=web --tail=100")
        .Diagnose("Check Dependencies", "kubectl get pods -n shop -l name=cache",
            "kubectl get pods -n shop -l component=model")
        .Rule("No pods exist", "Deployment issue")
        .Rule("Pods in CrashLoopBackOff", "Application error")
        .Rule("Pods in Pending", "Resource/scheduling issue")
        .Rule("Pods Running but not Ready", "Health check failing")
        .Rule("Connection refused", "Cache/Model unavailable")
        .Rule("ModuleNotFoundError", "Missing dependency")
        .Rule("OOMKilled", "Out of memory")
        .Rule("FailedMount", "Volume mount issue")
        .Scenario("Pods CrashLooping (Application Error)", null,
            ("kubectl rollout history deployment/shop-web -n shop", null, null),
            ("kubectl rollout undo deployment/shop-web -n shop", "if recent deployment", "recent-rollout"),
            ("kubectl rollout status deployment/shop-web -n shop", null, null))
        .Scenario("Cache/Model Unavailable", null,
            ("kubectl logs -n shop -l name=cache --tail=50", null, null),
            ("kubectl rollout restart statefulset/shop-cache -n shop", "if needed", "if-needed"),
            ("kubectl logs -n shop -l component=model --tail=50", null, null),
            ("kubectl rollout restart deployment/shop-model -n shop", "if needed", "if-needed"))
        .Scenario("Resource Exhaustion", null,
            ("kubectl scale deployment/shop-worker --replicas=1 -n shop", null, null),
            ("kubectl wait --for=condition=ready pod -l component=web -n shop --timeout=300s", null, null),
            ("kubectl scale deployment/shop-worker --replicas=5 -n shop", null, null))
        .Scenario("Image Pull Error", null,
            ("kubectl get secrets -n shop", null, null),
            ("aws ecr get-login-password --region us-east-1 | kubectl create secret docker-registry shop-registry "
                + "--docker-server=r.example --docker-username=AWS --docker-password=\"$(stdin)\" -n shop --dry-run=client -o yaml "
                + "| kubectl apply -f -", null, null),
            ("kubectl patch deployment shop-web -n shop -p "
                + "'{\"spec\":{\"template\":{\"spec\":{\"imagePullSecrets\":[{\"name\":\"shop-registry\"}]}}}}'", null,
                    null))
        .Scenario("Pod Evicted/Scheduling Issue", null,
            ("kubectl delete pod -n shop -l component=web --field-selector status.phase=Failed", null, null))
        .Write();

    /// <summary>In other words: conditions instead of titles, no rules, other order.</summary>
    public static Procedure Wordy() => new ProcedureWriter()
        .Diagnose("Which pods are there?", "kubectl -n shop get po --selector component=web -o wide")
        .Diagnose("What the front says", "kubectl -n shop logs deploy/shop-web --tail 200")
        .Diagnose("Its backends", "kubectl -n shop get statefulset shop-cache", "kubectl -n shop get deploy shop-model")
        .Scenario("The registry does not let us in",
            "The containers wait in ImagePullBackOff or ErrImagePull because the pull secret is missing",
            ("kubectl -n shop create secret docker-registry shop-registry --docker-server=r.example "
             + "--docker-username=u --docker-password=p",
                null, null),
            ("kubectl -n shop rollout restart deploy/shop-web", null, null))
        .Scenario("The cache hangs", "shop-cache has stopped responding, the front cannot connect to it",
            ("kubectl -n shop rollout restart sts/shop-cache", null, null))
        .Scenario("A faulty release", "The containers keep restarting since a new version went out",
            ("kubectl -n shop rollout undo deploy/shop-web", null, null))
        .Scenario("Killed for memory", "The kernel ended it (OOMKilled)",
            ("kubectl -n shop set resources deploy/shop-web --limits=memory=1Gi", null, null))
        .Write();
}
