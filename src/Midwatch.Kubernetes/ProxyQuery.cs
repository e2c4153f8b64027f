namespace Midwatch.Kubernetes;

/// <summary>What to ask which Service through the API server's proxy.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Port">Number or name.</param>
/// <param name="Path">Path and query, from the slash on.</param>
public sealed record ProxyQuery(string Namespace, string Service, string Port, string Path, string Scheme = "http");
