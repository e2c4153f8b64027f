using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Takes single actions back and looks afterwards. Each answers with what is in its way, or null.</summary>
internal sealed class FaultRevert(AdminConnection api, string ns, TimeProvider time, Action<string> progress)
{
    public Task<string?> DoAsync(FaultUndo undo, CancellationToken cancellationToken) => undo switch
    {
        FaultUndo.RestoreImage image => RestoreAsync(
            image.Path,
            body => WorkloadState.Image(body, image.Container),
            Is(image.Injected),
            image.Before,
            new Way(WorkloadState.ImagePatch(image.Container, image.Before), MediaTypes.StrategicMergePatch),
            cancellationToken),
        FaultUndo.RestoreReplicas replicas => RestoreAsync(
            replicas.Path,
            body => $"{body.Count("spec", "replicas")} replicas",
            Is($"{replicas.Injected} replicas"),
            $"{replicas.Before} replicas",
            new Way(WorkloadState.ReplicasPatch(replicas.Before), MediaTypes.StrategicMergePatch),
            cancellationToken),
        FaultUndo.RestoreFields fields => RestoreAsync(
            fields.Path,
            body => WorkloadState.Fields(body, fields.Injected).ToJsonString(),
            (body, _) => WorkloadState.Has(body, fields.Injected),
            fields.Before.ToJsonString(),
            new Way((JsonObject)fields.Before.DeepClone(), MediaTypes.MergePatch),
            cancellationToken),
        FaultUndo.Thaw thaw => ThawAsync(thaw, cancellationToken),
        FaultUndo.Delete delete => DeleteAsync(delete, cancellationToken),
        FaultUndo.EndRule rule => EndRuleAsync(rule, cancellationToken),
        FaultUndo.RunScript run => RunAsync(run, cancellationToken),
        FaultUndo.Recreate recreate => RecreateAsync(recreate, cancellationToken),
        _ => throw new UnreachableException($"A fault has no inverse '{undo.GetType().Name}'."),
    };

    private static Func<JsonObject, string?, bool> Is(string injected) => (_, now) => now == injected;

    // Only what is still as the fault left it is put back: a runbook or a person may have healed it, or chosen
    // otherwise.
    private async Task<string?> RestoreAsync(
        string path,
        Func<JsonObject, string?> read,
        Func<JsonObject, string?, bool> isInjected,
        string before,
        Way way,
        CancellationToken cancellationToken)
    {
        var present = await api.GetAsync(path, cancellationToken);
        if (present.Status == HttpStatusCode.NotFound)
        {
            progress($"{path} is gone; nothing to put back");
            return null;
        }

        if (!present.IsSuccess)
        {
            return present.Message;
        }

        var now = read(present.Body!);
        if (!isInjected(present.Body!, now))
        {
            progress($"{path} has {now} already");
            return null;
        }

        progress($"put {before} back in {path}");
        var answer = await api.SendAsync(
            HttpMethod.Patch, path + FaultActions.Managed, way.Patch, way.MediaType, cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer.Message;
        }

        var after = await api.GetAsync(path, cancellationToken);
        var found = after.Body is { } body ? read(body) : null;
        return found == before ? null : $"{path} has {found} instead of {before}";
    }

    private async Task<string?> ThawAsync(FaultUndo.Thaw thaw, CancellationToken cancellationToken)
    {
        progress($"let {thaw.Container} of pod {thaw.Pod} run again");
        var answer = await api.SendAsync(
            HttpMethod.Post, PodPath.Freezer(ns, thaw.Pod, thaw.Container, "thaw"), body: null,
            MediaTypes.Json, cancellationToken);
        // A pod that was replaced meanwhile has taken its frozen processes along.
        return answer.IsSuccess || answer.Status == HttpStatusCode.NotFound ? null : answer.Message;
    }

    private Task<string?> RunAsync(FaultUndo.RunScript run, CancellationToken cancellationToken)
    {
        progress($"run the inverse script in container {run.Container} of a pod {run.Selector}");
        return new FaultShell(api, ns, time).RunAsync(run.Selector, run.Container, run.Script, cancellationToken);
    }

    private async Task<string?> DeleteAsync(FaultUndo.Delete delete, CancellationToken cancellationToken)
    {
        progress($"delete {delete.Path}");
        var answer = await api.SendAsync(
            HttpMethod.Delete, delete.Path, new JsonObject { ["propagationPolicy"] = "Background" }, MediaTypes.Json,
            cancellationToken);
        return answer.IsSuccess || answer.Status == HttpStatusCode.NotFound ? null : answer.Message;
    }

    private async Task<string?> EndRuleAsync(FaultUndo.EndRule rule, CancellationToken cancellationToken)
    {
        progress("let the nodes be as they were");
        var answer = await api.SendAsync(
            HttpMethod.Delete, "/midwatch/v1/rules/" + Uri.EscapeDataString(rule.Id), body: null, MediaTypes.Json,
            cancellationToken);
        return answer.IsSuccess ? null : answer.Message;
    }

    private async Task<string?> RecreateAsync(FaultUndo.Recreate recreate, CancellationToken cancellationToken)
    {
        var path = recreate.Collection + "/" + Uri.EscapeDataString(recreate.Body.Text("metadata", "name") ?? "");
        progress($"make {path} again");
        var answer = await api.SendAsync(
            HttpMethod.Post, recreate.Collection, recreate.Body, MediaTypes.Json, cancellationToken);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.Conflict)
        {
            return answer.Message;
        }

        var after = await api.GetAsync(path, cancellationToken);
        return after.IsSuccess ? null : after.Message;
    }

    /// <summary>How it is put back.</summary>
    private sealed record Way(JsonObject Patch, string MediaType);
}
