using System.Collections.Immutable;
using System.Net;
using System.Threading.Channels;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Rules;
using Midwatch.LocalCluster.Network.Names;
using Midwatch.LocalCluster.Objects;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Network;

/// <summary>The network of one cluster: addresses, the way from a service to its pods, and names.</summary>
internal sealed class ClusterNetwork : IAsyncDisposable
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    private readonly ObjectStore _store;
    private readonly LoopbackRange _range;
    private readonly HostsFiles _hosts;
    private readonly ServiceProxy _proxy = new();
    private readonly string? _nameWrapper = NameWrapper.Find();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, ServiceNames> _names = [];
    private readonly Channel<string> _changed =
        Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _running;
    private ImmutableArray<NodeRule> _rules = [];

    private ClusterNetwork(ObjectStore store, LoopbackRange range, string directory)
    {
        _store = store;
        _range = range;
        _hosts = new(Path.Combine(directory, "hosts"));
        PodAddresses = new(range);
        ServiceAddresses = new(range);
        Names = NameProxy.Start(new NameLookup(store));
        _running = Task.Run(FollowAsync);
    }

    /// <summary>The address of the first node.</summary>
    public IPAddress MachineAddress => _range.Node(0);

    public PodAddressAllocator PodAddresses { get; }

    public ServiceAddressAllocator ServiceAddresses { get; }

    /// <summary>By which programs outside of the cluster reach its services.</summary>
    public NameProxy Names { get; }

    /// <summary>What containers have of their own here.</summary>
    public PlaceSupport Places { get; set; } = PlaceSupport.None;

    /// <summary>A sentence for people on what pods have of their own and whether names work.</summary>
    public string Mode =>
        (Places.HasOwnLocalhost
            ? "Each pod has an address and a localhost of its own. "
            : "Each pod has a loopback address of its own; programs must bind $POD_IP, as localhost is the machine's. ")
        + (Places.HasPlaces
            ? "Containers have file systems of their own"
                + (Places.HasDisks ? ", and claims are disks of their size. " : ". ")
            : "Containers share this machine's files (own ones need root). ")
        + (Places.HasPlaces
            ? "Service names resolve inside containers."
            : _nameWrapper is null
                ? $"Service names do not resolve inside containers: install {NameWrapper.Package} "
                    + $"(apt-get install --no-install-recommends {NameWrapper.Package}) and start the cluster again."
                : $"Service names resolve inside containers through {NameWrapper.Package}.");

    /// <summary>
    /// Starts to follow services and endpoint slices; null when no range of loopback addresses is free.
    /// </summary>
    /// <param name="directory">Where the hosts files go.</param>
    public static ClusterNetwork? Start(ObjectStore store, string directory)
    {
        var range = LoopbackRange.Reserve();
        return range is null ? null : new(store, range, directory);
    }

    /// <summary>The address of a node, counted from 0.</summary>
    public IPAddress NodeAddress(int index) => _range.Node(index);

    /// <summary>
    /// The variables by which a program of this namespace resolves service names; empty without libnss-wrapper.
    /// </summary>
    public ImmutableDictionary<string, string> NameVariables(string ns) =>
        _nameWrapper is null
            ? ImmutableDictionary<string, string>.Empty
            : NameWrapper.Variables(_nameWrapper, _hosts.PathFor(ns));

    /// <summary>These rules are in force on the way to services from now on.</summary>
    public void Apply(ImmutableArray<NodeRule> rules)
    {
        var concerned = _rules.Concat(rules).Select(rule => $"{rule.Namespace}/{rule.Subject}").ToHashSet();
        _rules = rules;
        foreach (var service in concerned)
        {
            _ = _changed.Writer.TryWrite(service);
        }
    }

    /// <summary>
    /// The hosts file for programs of a namespace; it is replaced, not written, when services change.
    /// </summary>
    public string HostsFile(string ns) => _hosts.PathFor(ns);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Names.DisposeAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _proxy.Dispose();
        _range.Dispose();
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        await Task.WhenAll(
            FollowAsync("", "services", _changed.Writer),
            FollowAsync("discovery.k8s.io", "endpointslices", _changed.Writer),
            RefreshAsync(_changed.Reader));
    }

    // A watch that fell too far behind is ended by the store; the next one starts with everything there is.
    private async Task FollowAsync(string group, string plural, ChannelWriter<string> changed)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var watch = _store.Watch(group, plural, null, null);
            await foreach (var change in watch.WithCancellation(_stop.Token))
            {
                var name = plural == "services"
                    ? change.Object.Key.Name
                    : ObjectMetadata.Label(change.Object.Body, ServiceNameLabel);
                await changed.WriteAsync($"{change.Object.Key.Namespace}/{name}", _stop.Token);
            }
        }
    }

    private async Task RefreshAsync(ChannelReader<string> changed)
    {
        while (await changed.WaitToReadAsync(_stop.Token))
        {
            var services = new HashSet<string>();
            while (changed.TryRead(out var service))
            {
                services.Add(service);
            }

            Refresh(services);
        }
    }

    private void Refresh(HashSet<string> services)
    {
        foreach (var service in services)
        {
            var slash = service.IndexOf('/', StringComparison.Ordinal);
            Refresh(service, new("", "services", service[..slash], service[(slash + 1)..]));
        }

        _hosts.Update([.. _names.OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => name.Value)]);
    }

    private void Refresh(string name, ObjectKey key)
    {
        if (_store.Get(key)?.Body is not { } service)
        {
            _names.Remove(name);
            _proxy.Set(name, null, ImmutableDictionary<int, ImmutableArray<IPEndPoint>>.Empty);
            return;
        }

        var slices = _store.List("discovery.k8s.io", "endpointslices", key.Namespace).Select(slice => slice.Body)
            .Where(slice => ObjectMetadata.Label(slice, ServiceNameLabel) == key.Name).ToList();
        var address = IPAddress.TryParse(service.Text("spec", "clusterIP"), out var parsed) ? parsed : null;
        var rules = _rules.Where(rule => $"{rule.Namespace}/{rule.Subject}" == name).ToList();
        var backends = rules.Exists(rule => rule.Kind == "refuse")
            ? ImmutableDictionary<int, ImmutableArray<IPEndPoint>>.Empty
            : ServiceBackends.Of(service, slices);
        _proxy.Set(name, address, backends, rules.Count == 0 ? null : new ServiceTrouble(
            TimeSpan.FromMilliseconds(rules.Where(rule => rule.Kind == "slow").Sum(rule => rule.Amount)),
            rules.Exists(rule => rule.Kind == "cut"),
            (int)rules.Where(rule => rule.Kind == "fail").Sum(rule => rule.Amount)));
        _names[name] = new(key, address is null
            ? ServiceBackends.Addresses(slices)
            : [new(address.ToString(), Host: null)]);
    }
}
