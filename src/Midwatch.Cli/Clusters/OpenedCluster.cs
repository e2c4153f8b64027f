using Midwatch.Cli.Places;
using Midwatch.Cli.Prerequisites;
using Midwatch.Cli.Terminal;
using Midwatch.Execution.Places;
using Midwatch.Processes;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Cli.Clusters;

/// <summary>The cluster of the user's kubeconfig, open for one command, with the programs that it needs.</summary>
internal sealed class OpenedCluster : IAsyncDisposable
{
    private readonly ProgramStarter _starter;
    private readonly string _work;

    private OpenedCluster(BoundCluster cluster, PlaceIdentity identity, ProgramStarter starter, string work)
    {
        (Bound, Identity) = (cluster, identity);
        (_starter, _work) = (starter, work);
    }

    internal BoundCluster Bound { get; }

    internal PlaceIdentity Identity { get; }

    /// <summary>Opens it; what is in the way is told on the screen.</summary>
    /// <param name="folder">The command's own folder; made when it is not there.</param>
    /// <returns>Null when it could not be opened.</returns>
    internal static async Task<OpenedCluster?> OpenAsync(
        Screen screen, EffectJudge judge, string? kubeconfig, DataDirectory data, string folder, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (chosen, problem) = ChosenCluster.Choose(screen, kubeconfig, data);
        if (chosen is null || (problem = data.Create()) is not null)
        {
            screen.Complain(problem ?? "no cluster.");
            return null;
        }

        var starter = new ProgramStarter();
        var work = Path.Combine(folder, "work");
        var opened = await OpenAsync(screen, judge, chosen, starter, work, time, cancellationToken);
        if (opened is null)
        {
            await CloseAsync(starter, work);
        }

        return opened;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Bound.DisposeAsync();
        await CloseAsync(_starter, _work);
    }

    private static async Task<OpenedCluster?> OpenAsync(
        Screen screen, EffectJudge judge, ChosenCluster chosen, ProgramStarter starter, string work,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var (kubectl, missing) = await Kubectl.FindAsync(new OutsideProgram(starter, time), cancellationToken);
        if (kubectl is null)
        {
            screen.Complain(missing ?? "no kubectl.");
            return null;
        }

        var options = new BoundClusterOptions
        {
            ReadingKubeconfig = chosen.Reading,
            ActingKubeconfig = chosen.Acting,
            Directory = work,
            Kubectl = kubectl.Path,
            SearchPath = SearchPath.Value,
            Starter = starter,
            Judge = judge,
            Time = time,
        };
        var (cluster, problem) = await BoundCluster.OpenAsync(options, cancellationToken);
        var (identity, unknown) = cluster is null ? (null, problem) : await cluster.IdentifyAsync(cancellationToken);
        if (cluster is not null && identity is not null)
        {
            return new OpenedCluster(cluster, identity, starter, work);
        }

        screen.Complain(unknown ?? "the cluster could not be bound.");
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }

        return null;
    }

    // It holds copies of credentials, which are not left lying about; nor is a folder that nothing was kept in.
    private static async Task CloseAsync(ProgramStarter starter, string work)
    {
        await starter.DisposeAsync();
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        if (Path.GetDirectoryName(work) is { } folder && Directory.Exists(folder)
            && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
