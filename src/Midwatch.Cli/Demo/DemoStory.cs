using System.Globalization;
using System.Net;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Incidents;
using Midwatch.Cli.Places;
using Midwatch.Cli.Prerequisites;
using Midwatch.Cli.Terminal;
using Midwatch.Engine.Feed;
using Midwatch.Execution.Alerts;
using Midwatch.Execution.Places;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Policies;
using Midwatch.Kubernetes;
using Midwatch.LocalCluster;
using Midwatch.Processes;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Cli.Demo;

/// <summary>
/// The whole story: a system comes up, is broken, its alert fires, its runbook heals it, and the proof is written down.
/// </summary>
internal sealed class DemoStory(Screen screen, DemoOptions options, DataDirectory data, TimeProvider time)
{
    private static readonly TimeSpan FastSettling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FastPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FastChecks = TimeSpan.FromSeconds(2);

    internal async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var (script, problem) = DemoScript.Read(options, EffectJudge.Default());
        if (script is null)
        {
            screen.Complain(problem ?? "the demo could not be prepared.");
            return ExitCodes.Usage;
        }

        if ((data.Create() ?? Running()) is { } busy)
        {
            screen.Complain(busy);
            return ExitCodes.CouldNot;
        }

        await using var starter = new ProgramStarter();
        var programs = new OutsideProgram(starter, time);
        if (await programs.RunAsync([script.Installation.PrepareScript], cancellationToken) != 0)
        {
            return ExitCodes.CouldNot;
        }

        var (kubectl, missing) = await Kubectl.FindAsync(programs, cancellationToken);
        if (kubectl is null)
        {
            screen.Complain(missing ?? "no kubectl.");
            return ExitCodes.CouldNot;
        }

        Introduce(script, kubectl);
        return await PlayAsync(script, kubectl, starter, cancellationToken);
    }

    private string? Running() => ClusterPresence.Find(data.Path) is { } running
        ? $"a cluster already runs for {data.Path} (process {running.ProcessId}). Stop it with 'midwatch cluster down', "
            + "or choose another directory with --data."
        : null;

    private void Introduce(DemoScript script, Kubectl kubectl)
    {
        screen.Line(screen.Paint(Ink.Bold, "Midwatch demo"));
        screen.Line($"  system    {script.System.Name}: {Layout.Wrap(script.System.Summary, 12)}");
        screen.Line($"  fault     {script.Fault.Id}");
        screen.Line($"  runbook   {script.Runbook.Path}");
        screen.Line($"  kubectl   {kubectl.Version} ({kubectl.Path}, {kubectl.Origin})");
        screen.Line("  time      " + Layout.Wrap(options.RealTime
            ? "real: the rules' own waiting times, 2 minutes of settling, 10 for recovery to be proven"
            : $"the rules' \"for:\" ÷ {RuleTempo.Fast.Divisor}, scrape and evaluation every second, settling "
                + $"{FastSettling.TotalSeconds} s, {FastPatience.TotalMinutes} min for recovery to be proven; "
                + "nothing else is compressed (--real-time)", 12));
        screen.Line();
    }

    private async Task<int> PlayAsync(
        DemoScript script, Kubectl kubectl, ProgramStarter starter, CancellationToken cancellationToken)
    {
        using var chapter = new Chapter(screen, time, "Cluster");
        var start = await ClusterHost.StartAsync(LocalClusterOptions.For(data, port: 0, nodes: 1), cancellationToken);
        if (start is not ClusterStart.Started { Cluster: var cluster })
        {
            chapter.Failed((start as ClusterStart.Failed)?.Reason ?? "it did not start.");
            return ExitCodes.CouldNot;
        }

        await using (cluster)
        {
            chapter.Done($"{cluster.Server} ({cluster.NetworkMode})");
            var tempo = options.RealTime ? RuleTempo.RealTime : RuleTempo.Fast;
            using var client = new KubernetesClient(Loaded(cluster.KubeconfigPath), time);
            var stage = new DemoStage(screen, script.System, data, tempo, time);
            var alertsAt = FreePort.At(cluster.MachineAddress);
            if (await stage.SetAsync(cluster, client, alertsAt, cancellationToken) is not null)
            {
                return ExitCodes.CouldNot;
            }

            var (bound, problem) = await BoundCluster.OpenAsync(Binding(kubectl, starter), cancellationToken);
            if (bound is null)
            {
                screen.Complain(problem ?? "the cluster could not be bound.");
                return ExitCodes.CouldNot;
            }

            await using (bound)
            {
                return await HealAsync(script, stage, bound, alertsAt, cluster, cancellationToken);
            }
        }
    }

    private async Task<int> HealAsync(
        DemoScript script, DemoStage stage, BoundCluster bound, IPEndPoint alertsAt, ClusterHost cluster,
        CancellationToken cancellationToken)
    {
        var (session, problem) =
            await IncidentSession.StartAsync(SessionOptions(script, alertsAt), bound, cancellationToken);
        if (session is null)
        {
            screen.Complain(problem ?? "the engine did not start.");
            return ExitCodes.CouldNot;
        }

        await using (session)
        {
            if (await stage.BreakAsync(script.Faults, script.Fault, cancellationToken) is not null)
            {
                return ExitCodes.CouldNot;
            }

            screen.Line();
            screen.Line($"Waiting for Prometheus to send {script.Fault.Alert ?? "the alert"}…");
            if (!await OpensAsync(session, cancellationToken))
            {
                screen.Complain($"no alert came within {AlertLimit.TotalMinutes:0} minutes. "
                    + $"Is the rule in {script.System.PathOf(script.System.Rules)} bound to the runbook by its alert's name?");
                return ExitCodes.No;
            }

            var (closed, postmortem) = await new IncidentFollower(screen, session.Engine, options.Yes)
                .FollowAsync(cancellationToken);
            await EndAsync(postmortem, cluster, cancellationToken);
            return closed.Outcome is IncidentOutcome.Recovered or IncidentOutcome.ResolvedByItself
                ? ExitCodes.Well
                : ExitCodes.No;
        }
    }

    private TimeSpan AlertLimit => options.RealTime ? TimeSpan.FromMinutes(10) : TimeSpan.FromMinutes(2);

    private async Task<bool> OpensAsync(IncidentSession session, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AlertLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var item in session.Engine.Feed.ReadAsync(0, both.Token))
            {
                if (item is FeedItem.OfIncident)
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return false;
    }

    private async Task EndAsync(string postmortem, ClusterHost cluster, CancellationToken cancellationToken)
    {
        screen.Line();
        screen.Line(screen.Paint(Ink.Bold, "Where to look next"));
        screen.Line($"  post-mortem  {postmortem}");
        screen.Line($"  evidence     {Path.GetDirectoryName(postmortem)}");
        screen.Line($"  kubectl      export KUBECONFIG='{cluster.KubeconfigPath}'");
        if (!options.Serve && !screen.Interactive)
        {
            screen.Line(
                "               (while the cluster runs; this run is not interactive, so it ends now: --serve keeps it up)");
            return;
        }

        screen.Line();
        screen.Line("The cluster stays up until Ctrl-C" + (screen.Interactive ? " or Enter." : "."));
        await Interruption.WaitAsync(cancellationToken, orEnter: screen.Interactive);
    }

    private BoundClusterOptions Binding(Kubectl kubectl, ProgramStarter starter) => new()
    {
        ReadingKubeconfig = Path.Combine(data.Cluster, "identities", "diagnose.kubeconfig"),
        ActingKubeconfig = Path.Combine(data.Cluster, "identities", "act.kubeconfig"),
        Directory = Path.Combine(data.Path, "work"),
        Kubectl = kubectl.Path,
        SearchPath = SearchPath.Value,
        Starter = starter,
        Judge = EffectJudge.Default(),
        Time = time,
    };

    // Each run has a journal of its own: an incident of a cluster that is gone must not be gone on with.
    private IncidentSessionOptions SessionOptions(DemoScript script, IPEndPoint alertsAt) => new()
    {
        Runbooks = [script.Runbook],
        DataDirectory = Path.Combine(data.Path, "demo",
            time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)),
        Prometheus = script.System.Prometheus is { } prometheus
            ? new PrometheusAddress.InCluster(prometheus.Namespace, prometheus.Name, $"{prometheus.Port}")
            : new PrometheusAddress.NotKnown(),
        IntakeAt = alertsAt,
        Restraint = options.RealTime
            ? new Restraint()
            : new Restraint { Settling = FastSettling, VerificationPatience = FastPatience },
        CheckEvery = options.RealTime ? TimeSpan.FromSeconds(10) : FastChecks,
        Time = time,
    };

    private static Kubeconfig Loaded(string path) =>
        Kubeconfig.Load(path) is KubeconfigReading.Done done
            ? done.Kubeconfig
            : throw new InvalidDataException($"{path} was just written by the local cluster and cannot be read.");
}
