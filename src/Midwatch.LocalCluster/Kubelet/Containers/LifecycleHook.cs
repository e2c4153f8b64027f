using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Probes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>What a container does right after its start or before its end: exec, httpGet or sleep.</summary>
internal static class LifecycleHook
{
    public const string AfterStart = "postStart";

    public const string BeforeEnd = "preStop";

    // Nobody but the hook itself bounds it: a start waits for it, an end has its grace period.
    private static readonly TimeSpan ExecLimit = TimeSpan.FromHours(1);
    private static readonly TimeSpan HttpLimit = TimeSpan.FromMinutes(1);

    /// <summary>Runs it; null when there is none or it succeeded, else why not, as the kubelet words it.</summary>
    public static async Task<string?> RunAsync(
        PodContext pod, ContainerRecord record, ContainerInstance instance, string name, CancellationToken ct)
    {
        if (record.Spec.At("lifecycle", name) is not JsonObject hook)
        {
            return null;
        }

        var time = pod.Options.Time;
        var target = new ProbeTarget(pod.Address, record.Spec, instance, pod.Options.Starter);
        if (hook.At("exec", "command") is JsonArray { Count: > 0 } command)
        {
            var outcome = await ExecProbe.LookAsync(command, target, ExecLimit, time, ct);
            return outcome.Succeeded ? null : Failed("Exec", string.Join(' ', command), outcome);
        }

        if (hook.At("httpGet") is JsonObject get)
        {
            return await AskAsync(pod, target, get, ct) is { Succeeded: false } outcome
                ? Failed("HTTP", get.Text("path") ?? "", outcome) : null;
        }

        await Task.Delay(TimeSpan.FromSeconds(hook.Number("sleep", "seconds") ?? 0), time, ct);
        return null;

        string Failed(string kind, string what, ProbeOutcome outcome) =>
            $"{kind} lifecycle hook ({(kind == "Exec" ? $"[{what}]" : what)}) for Container \"{record.Name}\" in Pod "
            + $"\"{pod.FullName}\" failed - error: {outcome.Output}";
    }

    // Whatever is answered is a success: only that somebody answers is asked.
    private static async Task<ProbeOutcome> AskAsync(
        PodContext pod, ProbeTarget target, JsonObject get, CancellationToken ct)
    {
        if (target.Port(get.At("port")) is not { } port)
        {
            return ProbeOutcome.Failure($"couldn't find port: {get.At("port")}");
        }

        var host = get.Text("host") is { Length: > 0 } other ? other : pod.Address;
        var outcome = await pod.Clients.Http.LookAsync(get, host, port, HttpLimit, pod.Options.Time, ct);
        return outcome.IsAnswer ? ProbeOutcome.Success : outcome;
    }
}
