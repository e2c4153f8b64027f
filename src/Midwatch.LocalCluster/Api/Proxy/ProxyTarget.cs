namespace Midwatch.LocalCluster.Api.Proxy;

/// <summary>The pod and port that a proxied request goes to.</summary>
/// <param name="Address">The pod's own address, for messages and the Host header.</param>
internal sealed record ProxyTarget(string Scheme, string Namespace, string Pod, string Address, int Port);
