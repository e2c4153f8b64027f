using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>Runs one probe: waits its delay, looks every period, and tells when its thresholds are crossed.</summary>
internal sealed class Prober(ProbeSpec spec, ProbeTarget target, ProbeClients clients, TimeProvider time)
{
    /// <summary>Looks until it is cancelled.</summary>
    /// <param name="failed">Called for each look that failed, with its output.</param>
    /// <param name="crossed">Called when enough looks in a row said the same, and again for each further one.</param>
    public async Task RunAsync(Action<string> failed, Func<bool, bool> crossed, CancellationToken ct)
    {
        await Task.Delay(spec.InitialDelay, time, ct);
        using var timer = new PeriodicTimer(spec.Period, time);
        var (successes, failures) = (0, 0);
        do
        {
            var outcome = await LookAsync(ct);
            (successes, failures) = outcome.Succeeded ? (successes + 1, 0) : (0, failures + 1);
            if (!outcome.Succeeded)
            {
                failed($"{spec.Kind} probe failed: {outcome.Output}");
            }

            var isOver = outcome.Succeeded
                ? successes >= spec.SuccessThreshold && crossed(true)
                : failures >= spec.FailureThreshold && crossed(false);
            if (isOver)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task<ProbeOutcome> LookAsync(CancellationToken ct)
    {
        var handler = spec.Handler;
        if (handler.At("exec", "command") is JsonArray { Count: > 0 } command)
        {
            return await ExecProbe.LookAsync(command, target, spec.Timeout, time, ct);
        }

        var kind = handler.At("httpGet") is not null ? "httpGet"
            : handler.At("grpc") is not null ? "grpc" : "tcpSocket";
        var host = handler.Text(kind, "host") is { Length: > 0 } other ? other : target.Address;
        if (target.Port(handler.At(kind, "port")) is not { } port)
        {
            return ProbeOutcome.Failure($"couldn't find port: {handler.At(kind, "port")}");
        }

        return kind switch
        {
            "httpGet" => await clients.Http.LookAsync(
                (JsonObject)handler.At(kind)!, host, port, spec.Timeout, time, ct),
            "grpc" => await clients.Grpc.LookAsync(
                handler.Text(kind, "service") ?? "", host, port, spec.Timeout, time, ct),
            _ => await TcpProbe.LookAsync(host, port, spec.Timeout, time, ct),
        };
    }
}
