using Midwatch.Cli.Places;
using Midwatch.Cli.Systems;
using Midwatch.Cli.Terminal;
using Midwatch.LocalCluster;
using Midwatch.LocalCluster.Faults;

namespace Midwatch.Cli.Clusters;

/// <summary>Lists, injects and reverts the faults of one reference system on the running local cluster.</summary>
internal sealed class FaultSession(Screen screen, DataDirectory data, string? systemName)
{
    internal int List()
    {
        var (system, catalog, status) = Read();
        if (system is null || catalog is null)
        {
            return status;
        }

        using var injector = ClusterPresence.Find(data.Path) is null ? null : Injector(system, catalog);
        var active = injector?.Active ?? [];
        var width = catalog.Faults.Select(fault => fault.Id.Length).DefaultIfEmpty().Max();
        foreach (var fault in catalog.Faults)
        {
            screen.Line(
                $"{fault.Id.PadRight(width)}  {(active.Contains(fault.Id) ? "[injected] " : "")}{fault.Summary}");
        }

        return ExitCodes.Well;
    }

    internal Task<int> InjectAsync(string id, CancellationToken cancellationToken) =>
        WithAsync(id, injector => injector.InjectAsync(id, cancellationToken), "injected");

    internal Task<int> RevertAsync(string id, CancellationToken cancellationToken) =>
        WithAsync(id, injector => injector.RevertAsync(id, cancellationToken), "reverted");

    private async Task<int> WithAsync(string id, Func<FaultInjector, Task<FaultOutcome>> action, string done)
    {
        var (system, catalog, status) = Read();
        if (system is null || catalog is null)
        {
            return status;
        }

        if (catalog.Find(id) is null)
        {
            screen.Complain($"there is no fault '{id}' in {catalog.Path}; there are "
                + $"{string.Join(", ", catalog.Faults.Select(fault => fault.Id))}.");
            return ExitCodes.Usage;
        }

        if (ClusterPresence.Find(data.Path) is null)
        {
            screen.Complain($"no cluster runs for {data.Path}. Start one with 'midwatch cluster up', "
                + $"then 'midwatch cluster apply --system {system.Name}'.");
            return ExitCodes.CouldNot;
        }

        using var injector = Injector(system, catalog);
        if (await action(injector) is FaultOutcome.Failed failed)
        {
            screen.Complain(failed.Reason);
            return ExitCodes.No;
        }

        screen.Line($"{id} {done}.");
        return ExitCodes.Well;
    }

    private FaultInjector Injector(SystemDescription system, FaultCatalog catalog) =>
        new(catalog, system.Namespace, data.Path, TimeProvider.System, step => screen.Line($"  {step}"));

    private (SystemDescription? System, FaultCatalog? Catalog, int Status) Read()
    {
        if (Installation.Find() is not { } installation)
        {
            screen.Complain(SystemCatalog.NoRepository);
            return (null, null, ExitCodes.CouldNot);
        }

        var (system, problem) = SystemCatalog.Find(installation.Systems, systemName);
        if (system is null)
        {
            screen.Complain(problem ?? "no system was found.");
            return (null, null, ExitCodes.Usage);
        }

        switch (FaultCatalog.Read(system.PathOf(system.Faults)))
        {
            case FaultCatalogReading.Done read:
                return (system, read.Catalog, ExitCodes.Well);
            case FaultCatalogReading.Failed failed:
                foreach (var error in failed.Errors)
                {
                    screen.Complain(error);
                }

                return (null, null, ExitCodes.Usage);
            default:
                return (null, null, ExitCodes.Usage);
        }
    }
}
