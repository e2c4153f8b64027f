using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Kubelet.Rules;

/// <summary>Keeps the rules of a cluster's nodes in force: also on containers that start while a rule stands.</summary>
internal sealed class NodeRules : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, NodeRule> _rules = [];
    private readonly ConcurrentDictionary<string, (NodeRule Rule, ImmutableHashSet<string> Disks)> _ending = [];
    private readonly ConcurrentDictionary<(string Rule, string Container), string?> _applied = [];
    private readonly Lock _keeping = new();
    private readonly ImmutableArray<KubeletNode> _nodes;
    private readonly ClusterNetwork _network;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public NodeRules(ImmutableArray<KubeletNode> nodes, ClusterNetwork network, TimeProvider time)
    {
        (_nodes, _network, _time) = (nodes, network, time);
        _running = Task.Run(KeepAsync);
    }

    public ImmutableArray<NodeRule> All => [.. _rules.Values];

    /// <summary>Puts a rule in force; what is in its way, or null.</summary>
    public string? Add(NodeRule rule)
    {
        if (rule.Kind == "forget")
        {
            // As when a node needed the room: the next container of the image has to pull it again.
            foreach (var node in _nodes)
            {
                node.Forget(rule.Subject);
            }

            return null;
        }

        if (rule.Kind == "silence" && _nodes.All(node => node.Name != rule.Subject))
        {
            return $"there is no node {rule.Subject}";
        }

        if (!rule.IsOfNetwork && rule.Kind != "silence" && !Concerned(rule).Any())
        {
            return $"no container of pods {rule.Subject} in {rule.Namespace} runs";
        }

        if (rule.Kind == "fill" && !Concerned(rule).Any(each => each.Disk is not null))
        {
            return $"no claim of pods {rule.Subject} is a disk of its own; that needs root and loop devices";
        }

        _rules[rule.Id] = rule;
        _network.Apply([.. _rules.Values.Where(each => each.IsOfNetwork)]);
        KeepOnce();
        return null;
    }

    /// <summary>Ends a rule and what it started; one that is not there is ended already.</summary>
    /// <returns>What of it is still there, or null.</returns>
    public async Task<string?> RemoveAsync(string id)
    {
        if (Withdraw(id) is not (var rule, var disks))
        {
            return null;
        }

        _network.Apply([.. _rules.Values.Where(each => each.IsOfNetwork)]);
        if (rule.Kind == "silence")
        {
            Node(rule)?.SetSilent(false);
        }

        // What fills a disk is removed from within; a program that a full disk ends runs for moments only.
        var start = _time.GetTimestamp();
        string? left;
        while ((left = await EndAsync(rule, disks, _time.GetElapsedTime(start) > EndLimit)) is not null)
        {
            if (_time.GetElapsedTime(start) > EndLimit + EndLimit)
            {
                return left;
            }

            await Task.Delay(Look / 5, _time, _stop.Token);
        }

        _ = _ending.TryRemove(id, out _);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(Look, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            if (!_rules.IsEmpty)
            {
                KeepOnce();
            }
        }
    }

    // From here on nothing more is started for the rule.
    private (NodeRule Rule, ImmutableHashSet<string> Disks)? Withdraw(string id)
    {
        lock (_keeping)
        {
            if (_rules.TryRemove(id, out var rule))
            {
                var keys = _applied.Keys.Where(key => key.Rule == id).ToList();
                _ending[id] = (rule, [.. keys.Select(key => _applied[key]).OfType<string>()]);
                keys.ForEach(key => _applied.TryRemove(key, out _));
            }

            return _ending.TryGetValue(id, out var ending) ? ending : null;
        }
    }

    private async Task<string?> EndAsync(NodeRule rule, ImmutableHashSet<string> disks, bool isLate)
    {
        string? left = null;
        var full = rule.Kind == "fill" ? disks : [];
        foreach (var concerned in Concerned(rule).ToList())
        {
            if (await concerned.EndAsync(rule))
            {
                full = full.Remove(concerned.Disk?.Source ?? "");
            }
            else
            {
                left = $"container {concerned.Container} still has what fills its disk";
            }
        }

        foreach (var disk in isLate ? full : [])
        {
            // Nobody has it mounted now.
            full = _nodes[0].EndFill(disk) is null ? full.Remove(disk) : full;
        }

        return left ?? (full.IsEmpty ? null : $"the disk of pods {rule.Subject} is still full, and none of them runs");
    }

    private void KeepOnce()
    {
        lock (_keeping)
        {
            KeepEach();
        }
    }

    private void KeepEach()
    {
        foreach (var rule in _rules.Values)
        {
            if (rule.Kind == "silence")
            {
                Node(rule)?.SetSilent(true);
            }
            else if (!rule.IsOfNetwork)
            {
                foreach (var concerned in Concerned(rule).ToList())
                {
                    var key = (rule.Id, concerned.Instance.ContainerId);
                    if (concerned.IsDue(rule) && _applied.TryAdd(key, concerned.Disk?.Source) && !concerned.Apply(rule))
                    {
                        _ = _applied.TryRemove(key, out _);
                    }
                }
            }
        }
    }

    private KubeletNode? Node(NodeRule rule) => _nodes.FirstOrDefault(node => node.Name == rule.Subject);

    private IEnumerable<RuledContainer> Concerned(NodeRule rule)
    {
        var selector = LabelSelectorParser.Parse(rule.Subject, out _);
        return _nodes.SelectMany(node => node.RunningContainers())
            .Where(each => each.Pod.Key.Namespace == rule.Namespace
                && selector?.Matches(each.Pod.Body["metadata"]?["labels"] as System.Text.Json.Nodes.JsonObject) == true
                && (rule.Container.Length == 0 || each.Container == rule.Container));
    }
}
