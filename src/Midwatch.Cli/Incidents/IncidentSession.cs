using System.Collections.Immutable;
using System.Net;
using Midwatch.Engine;
using Midwatch.Engine.Alerts;
using Midwatch.Engine.Clusters;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Alerts;
using Midwatch.Execution.Places;
using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Procedures;
using Midwatch.Runbooks;
using Midwatch.Server.Intake;
using Midwatch.Storage.Sqlite;

namespace Midwatch.Cli.Incidents;

/// <summary>
/// An engine on one cluster with its store and, where alerts are taken, its intake: put together here.
/// </summary>
internal sealed class IncidentSession : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];

    private IncidentSession(IncidentEngine engine, ProcedureCatalog catalog) => (Engine, Catalog) = (engine, catalog);

    internal IncidentEngine Engine { get; }

    internal ProcedureCatalog Catalog { get; }

    /// <summary>Opens the store, starts the engine and, with a port, the intake.</summary>
    /// <returns>The session; or why there is none, with the remedy.</returns>
    internal static async Task<(IncidentSession? Session, string? Problem)> StartAsync(
        IncidentSessionOptions options, BoundCluster cluster, CancellationToken cancellationToken)
    {
        var opening = SqliteEventStore.Open(options.DataDirectory, $"midwatch, process {Environment.ProcessId}");
        if (opening is not StoreOpening.Opened { Store: var store })
        {
            return (null, opening is StoreOpening.Refused refused
                ? $"{refused.Reason} {refused.Remedy}".Trim()
                : "the store did not open.");
        }

        var catalog = new ProcedureCatalog(options.Runbooks);
        var prometheus = cluster.OpenPrometheus(options.Prometheus);
        var source = new PrometheusAlertSource(prometheus);
        var actions = new ClusterActions(cluster, catalog);
        var engine = await IncidentEngine.StartAsync(
            new EngineOptions
            {
                Catalog = catalog,
                DataDirectory = options.DataDirectory,
                Restraint = options.Restraint,
                CheckEvery = options.CheckEvery,
            },
            new EnginePorts
            {
                Store = store,
                Diagnosis = new ClusterDiagnosis(cluster, catalog, source, options.Time),
                Actions = actions,
                Verification = new ClusterVerification(cluster, catalog),
                AlertSource = source,
                Guard = new ClusterGuard(cluster, Scope(options.Runbooks)),
                Time = options.Time,
            },
            cancellationToken);
        var session = new IncidentSession(engine, catalog);
        session._parts.AddRange([engine, actions, new Disposal(prometheus), store]);
        return options.IntakeAt is { } address
            ? await session.ListenAsync(address, cancellationToken)
            : (session, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    private static ImmutableArray<string> Scope(ImmutableArray<Runbook> runbooks) =>
        [.. runbooks.SelectMany(runbook => runbook.Procedures)
            .SelectMany(procedure => procedure.Scope.Namespaces).Distinct()];

    private async Task<(IncidentSession? Session, string? Problem)> ListenAsync(
        IPEndPoint address, CancellationToken cancellationToken)
    {
        switch (await IntakeServer.StartAsync(new IntakeOptions
        {
            Address = address.Address,
            Port = address.Port,
            Time = TimeProvider.System,
            Version = ProductVersion.Value,
        }, Engine, cancellationToken))
        {
            case IntakeStart.Listening { Server: var server }:
                _parts.Insert(0, server);
                return (this, null);
            case IntakeStart.Refused refused:
                await DisposeAsync();
                return (null, $"{refused.Reason} {refused.Remedy}".Trim());
            default:
                throw new System.Diagnostics.UnreachableException("IntakeStart is closed.");
        }
    }

    private sealed class Disposal(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>What a session works by.</summary>
internal sealed record IncidentSessionOptions
{
    internal required ImmutableArray<Runbook> Runbooks { get; init; }

    internal required string DataDirectory { get; init; }

    internal required PrometheusAddress Prometheus { get; init; }

    /// <summary>The loopback address where alerts are taken; null takes none.</summary>
    internal IPEndPoint? IntakeAt { get; init; }

    internal Restraint Restraint { get; init; } = new();

    internal TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(10);

    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
