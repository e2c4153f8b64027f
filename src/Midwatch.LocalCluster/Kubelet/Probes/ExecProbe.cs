using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>Runs a program as the container would; exit code 0 is a success.</summary>
internal static class ExecProbe
{
    // The kubelet keeps ten KiB of a probe's output.
    private const int OutputBytes = 10 * 1024;

    public static async Task<ProbeOutcome> LookAsync(
        JsonArray command, ProbeTarget target, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        var inside = target.Instance.Inside([]);
        ImmutableArray<string> argv =
            [.. command.Select(word => VariableExpansion.Expand(word?.ToString() ?? "", inside.Environment))];
        using var pipe = OsPipe.Create();
        var result = target.Starter.Start(inside with
        {
            Argv = argv,
            StandardOutput = pipe.Write,
            StandardError = pipe.Write,
            NewSession = false,
        });
        if (result is not StartResult.Started { Program: var program })
        {
            return ProbeOutcome.Failure(
                "OCI runtime exec failed: exec failed: " + StartRefusal.Describe(null, argv[0], result));
        }

        await using (program)
        {
            pipe.Write.Dispose();
            var capture = BoundedCapture.Start(target.Starter, pipe.Read, OutputBytes, 0);
            try
            {
                var status = await program.Exited.WaitAsync(timeout, time, ct);
                await program.DisposeAsync();
                await capture.Completion;
                var output = Encoding.UTF8.GetString(capture.Head());
                return status.Code == 0 ? ProbeOutcome.Success : ProbeOutcome.Failure(output);
            }
            catch (TimeoutException)
            {
                return ProbeOutcome.Failure(
                    $"command timed out: \"{string.Join(' ', argv)}\" timed out after {timeout.TotalSeconds}s");
            }
        }
    }
}
