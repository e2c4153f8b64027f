using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Probes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// A container's preStop hook: exec, httpGet or sleep. It uses up the grace period like everything else.
/// </summary>
internal static class LifecycleHook
{
    public static async Task RunAsync(
        PodContext pod, ContainerRecord record, ContainerInstance instance, string name, CancellationToken kill)
    {
        if (record.Spec.At("lifecycle", name) is not JsonObject hook)
        {
            return;
        }

        var time = pod.Options.Time;
        var target = new ProbeTarget(
            pod.Address, record.Spec, instance, pod.Options.Starter);
        var outcome = ProbeOutcome.Success;
        if (hook.At("exec", "command") is JsonArray { Count: > 0 } command)
        {
            outcome = await ExecProbe.LookAsync(command, target, TimeSpan.FromHours(1), time, kill);
        }
        else if (hook.At("httpGet") is JsonObject get && target.Port(get.At("port")) is { } port)
        {
            outcome = await pod.Clients.Http.LookAsync(
                get, get.Text("host") ?? pod.Address, port, TimeSpan.FromMinutes(1), time, kill);
        }
        else if (hook.Number("sleep", "seconds") is { } seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, kill);
        }

        if (!outcome.Succeeded)
        {
            pod.Record("Warning", "FailedPreStopHook", $"PreStopHook failed: {outcome.Output}", record);
        }
    }
}
