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

    /// <summary>The faults that are injected and not reverted, each with its place.</summary>
    public ImmutableArray<InjectedFault> Active => [.. _leases.Active().Select(lease => lease.Fault)];

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

        var injected = new InjectedFault(faultId, fault.Namespace ?? _namespace, Target: null);
        return await InjectAsync(injected, fault.Inject, cancellationToken);
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

        var (actions, name, problem) =
            await new StandardPlan(_api, _namespace, _time).MakeAsync(fault, target, cancellationToken);
        if (problem is not null)
        {
            return new FaultOutcome.Failed(faultId, $"'{faultId}' cannot be injected: {problem}.");
        }

        var injected = new InjectedFault(faultId, fault.Target == "node" ? "" : _namespace, name)
        {
            ExpiresAt = _time.GetUtcNow() + life,
        };
        var outcome = await InjectAsync(injected, actions, cancellationToken);
        if (outcome is FaultOutcome.Failed { IsRunning: false } && _leases.Find(injected) is { } lease)
        {
            _ = await EndAsync(lease, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<FaultOutcome> InjectAsync(
        InjectedFault fault, ImmutableArray<FaultAction> inject, CancellationToken cancellationToken)
    {
        if (_leases.Active().Any(other => other.Fault.IsSame(fault)))
        {
            return new FaultOutcome.Failed(
                fault.Id,
                $"The fault '{fault.Id}' is injected already into {fault.Place}; take it back first with "
                + $"'cluster fault revert {fault.Id} {fault.Options}'.")
            {
                IsRunning = true,
            };
        }

        var lease = new FaultLease(fault with { InjectedAt = _time.GetUtcNow() }, []);
        var actions = new FaultActions(_api, fault.Namespace, _time, undo =>
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
                return new FaultOutcome.Failed(fault.Id, $"Could not {action.Description}: {trouble}.");
            }
        }

        return new FaultOutcome.Done(fault.Id);
    }

    /// <summary>Takes a fault back, and looks whether it is. Works from any process that can read the lease.</summary>
    public async Task<FaultOutcome> RevertAsync(FaultChoice choice, CancellationToken cancellationToken)
    {
        var leases = _leases.Active();
        return leases.Where(lease => choice.Takes(lease.Fault)).ToArray() switch
        {
            [var lease] => await EndAsync(lease, cancellationToken),
            [] => new FaultOutcome.Failed(choice.Id, NotInjected(choice, leases)),
            var several => new FaultOutcome.Failed(choice.Id,
                $"The fault '{choice.Id}' is injected in {several.Length} places; say which: "
                + $"{string.Join(", or ", several.Select(lease => lease.Fault.Options))}."),
        };
    }

    internal async Task<FaultOutcome> EndAsync(FaultLease lease, CancellationToken cancellationToken)
    {
        var id = lease.Fault.Id;
        var revert = new FaultRevert(_api, lease.Fault.Namespace, _time, _progress);
        foreach (var undo in lease.Undo)
        {
            if (await revert.DoAsync(undo, cancellationToken) is { } trouble)
            {
                return new FaultOutcome.Failed(id, $"Not reverted: {trouble}. The lease stays; try again.");
            }
        }

        _leases.End(lease.Fault);
        return new FaultOutcome.Done(id);
    }

    private static string NotInjected(FaultChoice choice, ImmutableArray<FaultLease> leases)
    {
        var elsewhere = leases.Where(lease => lease.Fault.Id == choice.Id).Select(lease => lease.Fault.Place).ToArray();
        return (elsewhere, leases) switch
        {
            ({ Length: > 0 }, _) => $"The fault '{choice.Id}' is not injected there, but into "
                + $"{string.Join(", ", elsewhere)}.",
            (_, []) => $"The fault '{choice.Id}' is not injected; none is.",
            _ => $"The fault '{choice.Id}' is not injected; injected are: "
                + $"{string.Join(", ", leases.Select(lease => lease.Fault.Id).Distinct())}.",
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();
}
