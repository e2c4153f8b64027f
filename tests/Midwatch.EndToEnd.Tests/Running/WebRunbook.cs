namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>A small runbook, and the Deployment that it is for.</summary>
internal static class WebRunbook
{
    private const string Text = """
        # Web is down

        **Alert**: `WebDown`

        ## Diagnosis

        ```bash
        kubectl get pods -n web -l app=web
        kubectl describe deployment web -n web
        ```

        ## Resolution

        ### Scenario 1: Pods CrashLooping

        ```bash
        kubectl rollout restart deployment/web -n web
        ```

        ### Scenario 2: Image Pull Error

        ```bash
        kubectl rollout undo deployment/web -n web
        ```

        ## Verification

        ```bash
        kubectl get pods -n web -l app=web
        ```

        Expected: all pods Running
        """;

    internal static string Write(string path)
    {
        File.WriteAllText(path, Text);
        return path;
    }

    /// <summary>The Deployment; with a tag that no image has, its pods cannot be pulled.</summary>
    internal static string Manifest(string tag) => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: web}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: web, labels: {app: web}}
        spec:
          replicas: 1
          strategy: {type: Recreate}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - {name: web, image: "busybox:TAG", command: [sleep, "3600"]}
        """.Replace("TAG", tag, StringComparison.Ordinal);

    /// <summary>The first line that holds the words, 1-based.</summary>
    internal static int LineOf(string words) =>
        Array.FindIndex(Text.Split('\n'), line => line.Contains(words, StringComparison.Ordinal)) + 1;
}
