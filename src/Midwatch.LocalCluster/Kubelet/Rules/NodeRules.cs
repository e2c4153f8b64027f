using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Kubelet.Rules;

/// <summary>Keeps the rules of a cluster's nodes in force: also on containers that start while a rule stands.</summary>
internal sealed class NodeRules : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, NodeRule> _rules = [];
    private readonly ConcurrentDictionary<(string Rule, string Container), byte> _applied = [];
    private readonly ImmutableArray<KubeletNode> _nodes;
    private readonly ClusterNetwork _network;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public NodeRules(ImmutableArray<KubeletNode> nodes, ClusterNetwork network, TimeProvider time)
    {
        (_nodes, _network) = (nodes, network);
        _running = Task.Run(() => KeepAsync(time));
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
    public async Task RemoveAsync(string id)
    {
        if (!_rules.TryRemove(id, out var rule))
        {
            return;
        }

        _network.Apply([.. _rules.Values.Where(each => each.IsOfNetwork)]);
        if (rule.Kind == "silence")
        {
            Node(rule)?.SetSilent(false);
        }

        foreach (var (each, container) in _applied.Keys.Where(key => key.Rule == id).ToList())
        {
            _ = _applied.TryRemove((each, container), out _);
        }

        foreach (var concerned in Concerned(rule))
        {
            await concerned.EndAsync(rule);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task KeepAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            if (!_rules.IsEmpty)
            {
                KeepOnce();
            }
        }
    }

    private void KeepOnce()
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
                    if (concerned.IsDue(rule) && _applied.TryAdd((rule.Id, concerned.Instance.ContainerId), 0))
                    {
                        concerned.Apply(rule);
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
