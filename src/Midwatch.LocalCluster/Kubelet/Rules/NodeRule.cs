namespace Midwatch.LocalCluster.Kubelet.Rules;

/// <summary>Something that goes wrong on the nodes for as long as the rule stands. For faults.</summary>
/// <param name="Kind">crash, grow, burn, fill, forget, silence, evict, refuse, slow, cut or fail.</param>
/// <param name="Subject">Labels of pods as "app=web", a node's or a service's name, an image; by kind.</param>
/// <param name="Container">The container concerned; empty where it does not matter.</param>
/// <param name="Amount">Bytes, programs, milliseconds or percent; by kind.</param>
internal sealed record NodeRule(
    string Id, string Kind, string Namespace, string Subject, string Container, long Amount)
{
    /// <summary>The kinds that concern the way to services rather than containers.</summary>
    public bool IsOfNetwork => Kind is "refuse" or "slow" or "cut" or "fail";
}
