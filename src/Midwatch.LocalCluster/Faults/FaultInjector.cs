using System.Collections.Immutable;
using Midwatch.LocalCluster.Faults.Standard;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>
/// Breaks a system through the local cluster's API, as its administrator, and takes it back. Leaves nothing in the
/// cluster that names the fault: what was done is in a lease file that only the administrator's user can read.
/// </summary>
public sealed class FaultInjector : IDisposable
{
    private readonly FaultCatalog _catalog;
    private readonly string _namespace;
    private readonly AdminConnection _api;
    private readonly FaultLeases _leases;
    private readonly TimeProvider _time;
    private readonly Action<string> _progress;

    /// <param name="ns">The namespace of the system that the catalog belongs to.</param>
    /// <param name="dataDirectory">The data directory of the running cluster.</param>
    /// <param name="progress">Takes a sentence for people before each step.</param>
    /// <exception cref="IOException">There is no cluster in that directory.</exception>
    /// <exception cref="FormatException">Its kubeconfig is damaged.</exception>
    public FaultInjector(
        FaultCatalog catalog, string ns, string dataDirectory, TimeProvider time, Action<string> progress)
    {
        var directory = ClusterDirectory.Of(dataDirectory);
        _catalog = catalog;
        _namespace = ns;
        _time = time;
        _progress = progress;
        _leases = new FaultLeases(directory.Faults);
        _api = AdminConnection.Open(directory.Kubeconfig);
    }

    /// <summary>The ids of the faults that are injected and not reverted.</summary>
    public ImmutableArray<string> Active => _leases.Active();

    /// <summary>
    /// Injects a fault, step by step. A failure leaves the lease, so that what was done can be reverted.
    /// </summary>
    public async Task<FaultOutcome> InjectAsync(string faultId, CancellationToken cancellationToken)
    {
        if (_catalog.Find(faultId) is not { } fault)
        {
            var known = string.Join(", ", _catalog.Faults.Select(each => each.Id));
            return new FaultOutcome.Failed(faultId,
                $"There is no fault '{faultId}' in {_catalog.Path}; there are {known}.");
        }

        var ns = fault.Namespace ?? _namespace;
        return await InjectAsync(faultId, ns, fault.Inject, expiresAt: null, cancellationToken);
    }

    /// <summary>
    /// Injects a standard fault into any workload of the injector's namespace. It reverts by itself after a while. A
    /// failure leaves nothing behind.
    /// </summary>
    /// <param name="target">As "deployment/web", "node-1" or "cronjob/sweep"; by fault.</param>
    /// <param name="life">After how long it reverts by itself.</param>
    public async Task<FaultOutcome> InjectStandardAsync(
        string faultId, string target, TimeSpan life, CancellationToken cancellationToken)
    {
        if (StandardFault.Find(faultId) is not { } fault)
        {
            return new FaultOutcome.Failed(faultId, $"There is no fault '{faultId}'; there are "
                + $"{string.Join(", ", StandardFault.All.Select(each => each.Id))}.");
        }

        var (actions, problem) =
            await new StandardPlan(_api, _namespace, _time).MakeAsync(fault, target, cancellationToken);
        if (problem is not null)
        {
            return new FaultOutcome.Failed(faultId, $"'{faultId}' cannot be injected: {problem}.");
        }

        var outcome =
            await InjectAsync(faultId, _namespace, actions, _time.GetUtcNow() + life, cancellationToken);
        if (outcome is FaultOutcome.Failed { IsRunning: false })
        {
            _ = await RevertAsync(faultId, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<FaultOutcome> InjectAsync(
        string faultId, string ns, ImmutableArray<FaultAction> inject, DateTimeOffset? expiresAt,
        CancellationToken cancellationToken)
    {
        if (_leases.Find(faultId) is not null)
        {
            return new FaultOutcome.Failed(
                faultId,
                $"The fault '{faultId}' is injected already; take it back first with 'cluster fault revert {faultId}'.")
            {
                IsRunning = true,
            };
        }

        var lease = new FaultLease(faultId, ns, _time.GetUtcNow(), []) { ExpiresAt = expiresAt };
        var actions = new FaultActions(_api, lease.Namespace, _time, undo =>
        {
            lease = lease with { Undo = lease.Undo.Push(undo) };
            _leases.Write(lease);
        });
        _leases.Write(lease);
        foreach (var action in inject)
        {
            _progress(action.Description);
            if (await actions.DoAsync(action, cancellationToken) is { } trouble)
            {
                return new FaultOutcome.Failed(faultId, $"Could not {action.Description}: {trouble}.");
            }
        }

        return new FaultOutcome.Done(faultId);
    }

    /// <summary>Takes a fault back, and looks whether it is. Works from any process that can read the lease.</summary>
    public async Task<FaultOutcome> RevertAsync(string faultId, CancellationToken cancellationToken)
    {
        if (_leases.Find(faultId) is not { } lease)
        {
            return new FaultOutcome.Failed(
                faultId, $"The fault '{faultId}' is not injected; injected are: {string.Join(", ", Active)}.");
        }

        var revert = new FaultRevert(_api, lease.Namespace, _time, _progress);
        foreach (var undo in lease.Undo)
        {
            if (await revert.DoAsync(undo, cancellationToken) is { } trouble)
            {
                return new FaultOutcome.Failed(faultId, $"Not reverted: {trouble}. The lease stays; try again.");
            }
        }

        _leases.End(faultId);
        return new FaultOutcome.Done(faultId);
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();
}
