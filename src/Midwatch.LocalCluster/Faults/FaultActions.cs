using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Faults.Standard;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Does the actions of a fault over the API. Each answers with what is in its way, or null.</summary>
/// <param name="remember">Takes the inverse, before the action is done.</param>
internal sealed class FaultActions(AdminConnection api, string ns, TimeProvider time, Action<FaultUndo> remember)
{
    // Who looks at managedFields finds the manager of a person with kubectl.
    internal const string Managed = "?fieldManager=kubectl-patch";

    public Task<string?> DoAsync(FaultAction action, CancellationToken cancellationToken) => action switch
    {
        FaultAction.SetImage set => SetImageAsync(set, cancellationToken),
        FaultAction.Scale scale => ScaleAsync(scale, cancellationToken),
        FaultAction.Freeze freeze => FreezeAsync(freeze, cancellationToken),
        FaultAction.Run run => RunAsync(run, cancellationToken),
        FaultAction.DeleteObject delete => DeleteObjectAsync(delete, cancellationToken),
        FaultAction.Patch patch => PatchObjectAsync(patch, cancellationToken),
        FaultAction.Create create => CreateAsync(create, cancellationToken),
        FaultAction.Rule rule => RuleAsync(rule, cancellationToken),
        FaultAction.OfStandard standard => StandardAsync(standard, cancellationToken),
        FaultAction.DeletePods delete => DeletePodsAsync(delete, cancellationToken),
        FaultAction.WaitForRollout wait => WaitAsync(
            WorkloadPath.Watch(ns, wait.Workload), WorkloadState.IsRolledOut, wait.Within, cancellationToken),
        FaultAction.WaitForUnready wait => WaitAsync(
            PodPath.Collection(ns, wait.Selector), WorkloadState.NoneIsReady, wait.Within, cancellationToken),
        _ => throw new UnreachableException($"A fault has no action '{action.GetType().Name}'."),
    };

    private async Task<string?> SetImageAsync(FaultAction.SetImage set, CancellationToken cancellationToken)
    {
        var path = WorkloadPath.Of(ns, set.Workload);
        var present = await api.GetAsync(path, cancellationToken);
        if (!present.IsSuccess)
        {
            return present.Message;
        }

        if (WorkloadState.Image(present.Body!, set.Container) is not { } before)
        {
            return $"{set.Workload} has no container {set.Container}";
        }

        remember(new FaultUndo.RestoreImage(path, set.Container, before, set.Image));
        return await PatchAsync(path, WorkloadState.ImagePatch(set.Container, set.Image), cancellationToken);
    }

    private async Task<string?> ScaleAsync(FaultAction.Scale scale, CancellationToken cancellationToken)
    {
        var path = WorkloadPath.Of(ns, scale.Workload);
        var present = await api.GetAsync(path, cancellationToken);
        if (!present.IsSuccess)
        {
            return present.Message;
        }

        remember(new FaultUndo.RestoreReplicas(path, present.Body.Count("spec", "replicas"), scale.Replicas));
        return await PatchAsync(path, WorkloadState.ReplicasPatch(scale.Replicas), cancellationToken);
    }

    private async Task<string?> FreezeAsync(FaultAction.Freeze freeze, CancellationToken cancellationToken)
    {
        var pods = await api.GetAsync(PodPath.Collection(ns, freeze.Selector), cancellationToken);
        var names = pods.Items.Select(pod => pod.Text("metadata", "name")!).ToImmutableArray();
        if (!pods.IsSuccess || names.IsEmpty)
        {
            return pods.IsSuccess ? $"no pod in {ns} has {freeze.Selector}" : pods.Message;
        }

        foreach (var pod in names)
        {
            remember(new FaultUndo.Thaw(pod, freeze.Container));
            var answer = await api.SendAsync(
                HttpMethod.Post, PodPath.Freezer(ns, pod, freeze.Container, "freeze"), body: null,
                MediaTypes.Json, cancellationToken);
            if (!answer.IsSuccess)
            {
                return answer.Message;
            }
        }

        return null;
    }

    private Task<string?> RunAsync(FaultAction.Run run, CancellationToken cancellationToken)
    {
        remember(new FaultUndo.RunScript(run.Selector, run.Container, run.Undo));
        return new FaultShell(api, ns, time).RunAsync(run.Selector, run.Container, run.Script, cancellationToken);
    }

    private async Task<string?> PatchObjectAsync(FaultAction.Patch patch, CancellationToken cancellationToken)
    {
        if (await FindAsync(patch.Kind, cancellationToken) is not { } resource)
        {
            return $"the cluster has no kind {patch.Kind}";
        }

        var path = resource.Collection(ns) + "/" + Uri.EscapeDataString(patch.Name);
        var present = await api.GetAsync(path, cancellationToken);
        if (!present.IsSuccess)
        {
            return present.Message;
        }

        var merge = (JsonObject)JsonNode.Parse(patch.Merge)!;
        if (WorkloadState.Has(present.Body, merge))
        {
            // Another fault made it so and takes it back; putting "it was so before" back would undo that.
            return null;
        }

        remember(new FaultUndo.RestoreFields(path, WorkloadState.Fields(present.Body!, merge), merge));
        var answer = await api.SendAsync(
            HttpMethod.Patch, path + Managed, merge, MediaTypes.MergePatch, cancellationToken);
        return answer.IsSuccess ? null : answer.Message;
    }

    private async Task<string?> CreateAsync(FaultAction.Create create, CancellationToken cancellationToken)
    {
        if (await new ResourceNames(api).FindAsync(create.Version, create.Kind, cancellationToken) is not { } resource)
        {
            return $"the cluster has no kind {create.Kind}";
        }

        var body = (JsonObject)JsonNode.Parse(create.Body)!;
        var collection = resource.Collection(ns);
        var path = collection + "/" + Uri.EscapeDataString(body.Text("metadata", "name") ?? "");
        if ((await api.GetAsync(path, cancellationToken)).IsSuccess)
        {
            // Whose it is takes it away; taking this fault back must not.
            return $"{path} is there already";
        }

        remember(new FaultUndo.Delete(path));
        var answer = await api.SendAsync(
            HttpMethod.Post, collection + Managed, body, MediaTypes.Json, cancellationToken);
        return answer.IsSuccess ? null : answer.Message;
    }

    private async Task<string?> StandardAsync(FaultAction.OfStandard standard, CancellationToken cancellationToken)
    {
        if (StandardFault.Find(standard.Id) is not { } fault)
        {
            return $"there is no standard fault '{standard.Id}'";
        }

        var (actions, _, problem) =
            await new StandardPlan(api, ns, time).MakeAsync(fault, standard.Target, cancellationToken);
        foreach (var action in actions)
        {
            problem ??= await DoAsync(action, cancellationToken);
        }

        return problem;
    }

    private async Task<string?> RuleAsync(FaultAction.Rule rule, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        remember(new FaultUndo.EndRule(id));
        string[] segments = [id, rule.Kind, ns, rule.Subject, rule.Container,
            rule.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        var path = "/midwatch/v1/rules/" + string.Join('/', segments.Select(segment =>
            segment.Length == 0 ? "-" : Uri.EscapeDataString(segment)));
        var answer = await api.SendAsync(HttpMethod.Put, path, body: null, MediaTypes.Json, cancellationToken);
        return answer.IsSuccess ? null : answer.Message;
    }

    private async Task<ResourceName?> FindAsync(string kind, CancellationToken cancellationToken)
    {
        var names = new ResourceNames(api);
        string[] versions =
            ["v1", "apps/v1", "batch/v1", "networking.k8s.io/v1", "policy/v1", "autoscaling/v2"];
        foreach (var version in versions)
        {
            if (await names.FindAsync(version, kind, cancellationToken) is { } resource)
            {
                return resource;
            }
        }

        return null;
    }

    private async Task<string?> DeleteObjectAsync(FaultAction.DeleteObject delete, CancellationToken cancellationToken)
    {
        if (await FindAsync(delete.Kind, cancellationToken) is not { } resource)
        {
            return $"the cluster has no kind {delete.Kind}";
        }

        var collection = resource.Collection(ns);
        var path = collection + "/" + Uri.EscapeDataString(delete.Name);
        var present = await api.GetAsync(path, cancellationToken);
        if (!present.IsSuccess)
        {
            return present.Message;
        }

        remember(new FaultUndo.Recreate(collection, WorkloadState.WithoutIdentity(present.Body!)));
        var answer = await api.SendAsync(HttpMethod.Delete, path, body: null, MediaTypes.Json, cancellationToken);
        return answer.IsSuccess ? null : answer.Message;
    }

    private async Task<string?> DeletePodsAsync(FaultAction.DeletePods delete, CancellationToken cancellationToken)
    {
        var pods = await api.GetAsync(PodPath.Collection(ns, delete.Selector), cancellationToken);
        if (!pods.IsSuccess)
        {
            return pods.Message;
        }

        foreach (var pod in pods.Items)
        {
            var path = PodPath.Of(ns, pod.Text("metadata", "name")!);
            var answer = await api.SendAsync(HttpMethod.Delete, path, body: null, MediaTypes.Json, cancellationToken);
            if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound)
            {
                return answer.Message;
            }
        }

        return null;
    }

    private async Task<string?> PatchAsync(string path, JsonObject patch, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(
            HttpMethod.Patch, path + Managed, patch, MediaTypes.StrategicMergePatch, cancellationToken);
        return answer.IsSuccess ? null : answer.Message;
    }

    private async Task<string?> WaitAsync(
        string path, Func<IReadOnlyCollection<JsonObject>, bool> isSo, TimeSpan within,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var objects in api.FollowAsync(path, either.Token))
            {
                if (isSo(objects))
                {
                    return null;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not happen within {within.TotalSeconds:0} s";
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return $"the cluster stopped answering ({error.Message})";
        }

        return "the cluster stopped answering";
    }
}
