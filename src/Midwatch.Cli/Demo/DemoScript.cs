using Midwatch.Cli.Places;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Systems;
using Midwatch.LocalCluster.Faults;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Cli.Demo;

/// <summary>
/// Everything that the demo needs to know before anything is started; every mistake in it is told at once.
/// </summary>
internal sealed record DemoScript(
    Installation Installation, SystemDescription System, FaultCatalog Faults, Fault Fault, Runbook Runbook)
{
    /// <returns>The script; or what is wrong with what the user named.</returns>
    internal static (DemoScript? Script, string? Problem) Read(DemoOptions options, EffectJudge judge)
    {
        if (Installation.Find() is not { } installation)
        {
            return (null,
                "the reference systems are not here. Run the demo as ./midwatch in a clone of the repository.");
        }

        var (system, problem) = SystemCatalog.Find(installation.Systems, options.System);
        if (system is null)
        {
            return (null, problem);
        }

        var reading = FaultCatalog.Read(system.PathOf(system.Faults));
        if (reading is not FaultCatalogReading.Done { Catalog: var faults })
        {
            return (null, string.Join('\n', ((FaultCatalogReading.Failed)reading).Errors));
        }

        var id = options.Fault ?? system.DefaultFault;
        if (faults.Find(id) is not { } fault)
        {
            return (null,
                $"system {system.Name} has no fault '{id}'. It has: {string.Join(", ", faults.Faults.Select(each => each.Id))}.");
        }

        var path = options.Runbook ?? Path.GetRelativePath(Environment.CurrentDirectory, system.PathOf(system.Runbook));
        var (runbook, unread) = RunbookFile.Read(new RunbookCompiler(judge), path);
        var unusable = runbook is null ? unread : RunbookFile.WhyNotRunnable(runbook);
        return runbook is null || unusable is not null
            ? (null, unusable)
            : (new DemoScript(installation, system, faults, fault, runbook), null);
    }
}
