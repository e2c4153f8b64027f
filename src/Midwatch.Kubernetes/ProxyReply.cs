namespace Midwatch.Kubernetes;

/// <summary>
/// What a Service said through the proxy; an error of the proxy itself comes as <see cref="KubernetesAnswer{T}"/>.
/// </summary>
public sealed record ProxyReply(int Status, string Body);
