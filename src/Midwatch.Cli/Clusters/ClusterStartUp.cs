using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.Cli.Places;
using Midwatch.Cli.Prerequisites;
using Midwatch.Cli.Terminal;
using Midwatch.LocalCluster;
using Midwatch.Processes;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Cli.Clusters;

/// <summary>Starts the local cluster: here until Ctrl-C, or in a process of its own.</summary>
internal sealed class ClusterStartUp(Screen screen, DataDirectory data, int port, int nodes)
{
    /// <summary>
    /// What the process in the foreground prints once the API answers; the one that started it waits for this.
    /// </summary>
    private const string Ready = "ready:";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>A file that gets one JSON line per request that changes something; null for none.</summary>
    internal string? AuditFile { get; init; }

    internal async Task<int> RunAsync(bool foreground, CancellationToken cancellationToken)
    {
        if (data.Create() is { } problem)
        {
            screen.Complain(problem);
            return ExitCodes.CouldNot;
        }

        if (ClusterPresence.Find(data.Path) is { } running)
        {
            screen.Complain($"a cluster already runs for {data.Path} (process {running.ProcessId}). "
                + "Use it, stop it with 'midwatch cluster down', or choose another directory with --data.");
            return ExitCodes.CouldNot;
        }

        return foreground ? await StayAsync(cancellationToken) : await DetachAsync(cancellationToken);
    }

    private async Task<int> StayAsync(CancellationToken cancellationToken)
    {
        var options = LocalClusterOptions.For(data, port, nodes) with { AuditFile = AuditFile };
        switch (await ClusterHost.StartAsync(options, cancellationToken))
        {
            case ClusterStart.Started { Cluster: var cluster }:
                await using (cluster)
                {
                    screen.Line($"{Ready} {cluster.Server} ({cluster.NetworkMode})");
                    screen.Line($"export KUBECONFIG='{cluster.KubeconfigPath}'");
                    using var rest = new CancellationTokenSource();
                    var idle = IdleMemory.OfThisProcess(TimeProvider.System).RunAsync(rest.Token);
                    await Interruption.WaitAsync(cancellationToken);
                    await rest.CancelAsync();
                    await idle;
                }

                return ExitCodes.Well;
            case ClusterStart.Failed failed:
                screen.Complain(failed.Reason);
                return ExitCodes.CouldNot;
            default:
                return ExitCodes.CouldNot;
        }
    }

    // A cluster rests for hours: compiling once more what was called thirty times would cost it memory and win nothing.
    private static ImmutableDictionary<string, string> Resting(ImmutableDictionary<string, string> own)
    {
        const string CompileAgain = "DOTNET_TC_CallCounting";
        return own.ContainsKey(CompileAgain) ? own : own.Add(CompileAgain, "0");
    }

    private async Task<int> DetachAsync(CancellationToken cancellationToken)
    {
        // The pipe is let go of last: the starter's thread reads it.
        using var pipe = OsPipe.Create();
        await using var starter = new ProgramStarter();
        var spec = new ProgramSpec
        {
            // A session of its own and no mark of ours: it is to outlive this command.
            Argv =
            [
                "env", "-u", ProgramStarter.OwnerVariable, "-u", ProgramStarter.ProgramVariable, "setsid", "--fork",
                Environment.ProcessPath ?? "midwatch", "cluster", "up", "--foreground", "--data", data.Path,
                "--port", port.ToString(CultureInfo.InvariantCulture), "--nodes",
                nodes.ToString(CultureInfo.InvariantCulture),
                .. AuditFile is null ? (string[])[] : ["--audit", AuditFile],
            ],
            Environment = Resting(OutsideProgram.OwnEnvironment()),
            WorkingDirectory = data.Path,
            StandardOutput = pipe.Write,
            StandardError = pipe.Write,
        };
        if (starter.Start(spec) is not StartResult.Started)
        {
            screen.Complain(
                "the background process could not be started (is util-linux's setsid there?). Try --foreground.");
            return ExitCodes.CouldNot;
        }

        pipe.Write.Dispose();
        var said = await FirstWordsAsync(starter, pipe.Read, cancellationToken);
        if (!said.Contains(Ready, StringComparison.Ordinal))
        {
            screen.Complain(said.Trim().Length > 0
                ? said.Trim().Replace("midwatch: ", string.Empty, StringComparison.Ordinal)
                : $"the cluster did not come up within {StartLimit.TotalSeconds} s. Try --foreground to see why.");
            return ExitCodes.CouldNot;
        }

        screen.Line(
            $"The local cluster is up, {said[(said.IndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..].Split('\n')[0].Trim()}.");
        screen.Line("It is for rehearsal, tests and trying things out. To use it:");
        screen.Line();
        screen.Line("  eval \"$(midwatch cluster env)\"");
        screen.Line("  kubectl get pods -A");
        return ExitCodes.Well;
    }

    private static async Task<string> FirstWordsAsync(
        ProgramStarter starter, SafeFileHandle reading, CancellationToken cancellationToken)
    {
        var words = new StringBuilder();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = starter.ReadAsync(reading, bytes =>
        {
            lock (words)
            {
                words.Append(Encoding.UTF8.GetString(bytes.Span));
                var text = words.ToString();
                var ready = text.IndexOf(Ready, StringComparison.Ordinal);
                if (ready >= 0 && text.IndexOf('\n', ready) >= 0)
                {
                    enough.TrySetResult();
                }
            }
        });
        await Task.WhenAny(enough.Task, end, Task.Delay(StartLimit, TimeProvider.System, cancellationToken));
        lock (words)
        {
            return words.ToString();
        }
    }
}
