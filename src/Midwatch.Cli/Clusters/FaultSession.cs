using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.Cli.Places;
using Midwatch.Cli.Systems;
using Midwatch.Cli.Terminal;
using Midwatch.LocalCluster;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Faults.Standard;

namespace Midwatch.Cli.Clusters;

/// <summary>Lists, injects and reverts the faults of one reference system on the running local cluster.</summary>
internal sealed class FaultSession(Screen screen, DataDirectory data, string? systemName)
{
    internal int List(bool asJson)
    {
        ImmutableArray<InjectedFault> active = ClusterPresence.Find(data.Path) is null ? [] : Injected();
        var (system, catalog, status) = Installation.Find() is null && systemName is null
            ? (null, null, ExitCodes.Well) : Read();
        if (status != ExitCodes.Well)
        {
            return status;
        }

        // One id may be a standard fault's, which has a target, and a system's own, which has none.
        ImmutableArray<InjectedFault> standard = [.. active.Where(fault => fault.Target is not null)];
        ImmutableArray<InjectedFault> own = [.. active.Where(fault => fault.Target is null
            && fault.Namespace == (catalog?.Find(fault.Id)?.Namespace ?? system?.Namespace))];
        if (asJson)
        {
            screen.Line(Json(standard, own, system, catalog));
            return ExitCodes.Well;
        }

        screen.Line("For any workload, with --target:");
        Print([.. StandardFault.All.Select(fault => (fault.Id, $"{fault.Summary} {fault.Symptom}"))], standard);
        if (system is null || catalog is null)
        {
            return ExitCodes.Well;
        }

        screen.Line();
        screen.Line($"Of the system {system.Name}:");
        Print([.. catalog.Faults.Select(fault => (fault.Id, fault.Summary))], own);
        return ExitCodes.Well;
    }

    /// <summary>Breaks any workload in a standard way.</summary>
    internal async Task<int> InjectStandardAsync(
        string id, string target, string ns, TimeSpan life, CancellationToken cancellationToken)
    {
        if (StandardFault.Find(id) is null)
        {
            screen.Complain($"there is no fault '{id}' for a target; there are "
                + $"{string.Join(", ", StandardFault.All.Select(fault => fault.Id))}.");
            return ExitCodes.Usage;
        }

        if (life <= TimeSpan.Zero)
        {
            screen.Complain("--for takes a number of minutes greater than 0.");
            return ExitCodes.Usage;
        }

        if (ClusterPresence.Find(data.Path) is null)
        {
            screen.Complain($"no cluster runs for {data.Path}. Start one with 'midwatch cluster up'.");
            return ExitCodes.CouldNot;
        }

        using var injector = new FaultInjector(
            new FaultCatalog("", []), ns, data.Path, TimeProvider.System, step => screen.Line($"  {step}"));
        if (await injector.InjectStandardAsync(id, target, life, cancellationToken) is FaultOutcome.Failed failed)
        {
            screen.Complain(failed.Reason);
            return ExitCodes.No;
        }

        screen.Line($"{id} injected; it reverts by itself in {life.TotalMinutes:0} minutes, or with "
            + $"'midwatch cluster fault revert {id}' (and --target {target} --namespace {ns}, if it is in other places too).");
        return ExitCodes.Well;
    }

    private ImmutableArray<InjectedFault> Injected()
    {
        using var injector = new FaultInjector(
            new FaultCatalog("", []), "default", data.Path, TimeProvider.System, _ => { });
        return injector.Active;
    }

    private void Print(ImmutableArray<(string Id, string Text)> faults, ImmutableArray<InjectedFault> active)
    {
        var width = faults.Select(fault => fault.Id.Length).DefaultIfEmpty().Max();
        foreach (var (id, text) in faults)
        {
            screen.Line($"  {id.PadRight(width)}  {text}");
            foreach (var fault in active.Where(fault => fault.Id == id))
            {
                var end = fault.ExpiresAt is { } time ? $", until {time:u}" : "";
                screen.Line($"  {new string(' ', width)}  [injected] {fault.Place}{end}");
            }
        }
    }

    private static string Json(
        ImmutableArray<InjectedFault> standard, ImmutableArray<InjectedFault> own, SystemDescription? system,
        FaultCatalog? catalog) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["faults"] = new JsonArray(
        [
            .. StandardFault.All.Select(fault => new JsonObject
            {
                ["id"] = fault.Id,
                ["system"] = null,
                ["target"] = fault.Target,
                ["summary"] = fault.Summary,
                ["symptom"] = fault.Symptom,
                ["injected"] = standard.Any(one => one.Id == fault.Id),
                ["places"] = Places(standard.Where(one => one.Id == fault.Id)),
            }),
            .. (catalog?.Faults ?? []).Select(fault => new JsonObject
            {
                ["id"] = fault.Id,
                ["system"] = system?.Name,
                ["target"] = null,
                ["summary"] = fault.Summary,
                ["symptom"] = null,
                ["injected"] = own.Any(one => one.Id == fault.Id),
                ["places"] = Places(own.Where(one => one.Id == fault.Id)),
            }),
        ]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static JsonArray Places(IEnumerable<InjectedFault> faults) => new([.. faults.Select(fault => new JsonObject
    {
        ["namespace"] = fault.Namespace,
        ["target"] = fault.Target,
        ["injectedAt"] = $"{fault.InjectedAt:u}",
        ["expiresAt"] = fault.ExpiresAt is { } end ? $"{end:u}" : null,
    })]);

    internal Task<int> InjectAsync(string id, CancellationToken cancellationToken) =>
        WithAsync(id, injector => injector.InjectAsync(id, cancellationToken), "injected");

    // What is injected has a lease, whoever's fault it is.
    internal async Task<int> RevertAsync(FaultChoice choice, CancellationToken cancellationToken)
    {
        if (systemName is not null)
        {
            var (system, catalog, status) = Read();
            if (system is null || catalog is null)
            {
                return status;
            }

            choice = choice with
            {
                Namespace = choice.Namespace ?? catalog.Find(choice.Id)?.Namespace ?? system.Namespace,
            };
        }

        if (ClusterPresence.Find(data.Path) is null)
        {
            screen.Complain($"no cluster runs for {data.Path}: nothing of it is left.");
            return ExitCodes.CouldNot;
        }

        using var injector = new FaultInjector(
            new FaultCatalog("", []), "default", data.Path, TimeProvider.System, step => screen.Line($"  {step}"));
        if (await injector.RevertAsync(choice, cancellationToken) is FaultOutcome.Failed failed)
        {
            screen.Complain(failed.Reason);
            return ExitCodes.No;
        }

        screen.Line($"{choice.Id} reverted.");
        return ExitCodes.Well;
    }

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
