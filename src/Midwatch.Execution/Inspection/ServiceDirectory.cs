using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Finds Services in addresses that people and programs write: names, full names, cluster addresses, pod addresses.
/// </summary>
internal sealed partial class ServiceDirectory
{
    private readonly Dictionary<(string? Namespace, string Name), Subject> _byName = [];
    private readonly Dictionary<string, Subject> _byAddress = new(StringComparer.Ordinal);

    public ServiceDirectory(ClusterPicture picture)
    {
        foreach (var body in picture["services"])
        {
            var subject = new Subject("service", body.Namespace(), body.Name());
            _byName[(subject.Namespace, subject.Name)] = subject;
            if (body.Text("spec", "clusterIP") is { } address && address != "None")
            {
                _byAddress[address] = subject;
            }

            var selector = body.Map("spec", "selector");
            foreach (var (_, pod) in picture.Pods().Where(pod =>
                pod.Subject.Namespace == subject.Namespace && selector.IsIn(pod.Body.Map("metadata", "labels"))))
            {
                _ = pod.Text("status", "podIP") is { } podAddress && _byAddress.TryAdd(podAddress, subject);
            }
        }
    }

    /// <summary>The Services that a text names, seen from a namespace.</summary>
    /// <param name="isAddress">Whether the text is known to hold an address, so that a bare word may be one.</param>
    public IEnumerable<Subject> In(string text, string? ns, bool isAddress)
    {
        foreach (Match match in Host().Matches(text))
        {
            var host = match.Groups["host"].Value.TrimEnd('.');
            var isMarked = match.Groups["before"].Length > 0 || match.Groups["port"].Success || isAddress;
            if (Find(host, ns, isMarked) is { } service)
            {
                yield return service;
            }
        }
    }

    /// <summary>Namespaces that full names in a text point to: <c>NAME.NAMESPACE.svc</c>.</summary>
    public static IEnumerable<string> NamespacesIn(string text) =>
        FullName().Matches(text).Select(match => match.Groups["ns"].Value).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// The value by which observations name a Service: <c>service/NAME</c>, with the namespace where it is another one.
    /// </summary>
    public static string ValueOf(Subject service, string? from) =>
        service.Namespace == from ? $"service/{service.Name}" : $"service/{service.Name}.{service.Namespace}";

    private Subject? Find(string host, string? ns, bool isMarked)
    {
        if (_byAddress.TryGetValue(host, out var byAddress))
        {
            return byAddress;
        }

        var parts = host.Split('.');
        return parts.Length == 1
            ? isMarked ? _byName.GetValueOrDefault((ns, host)) : null
            : parts.Length == 2 || parts[2] == "svc" ? _byName.GetValueOrDefault((parts[1], parts[0])) : null;
    }

    [GeneratedRegex(@"(?<before>//|@|=)?\b(?<host>[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?<port>:\d{2,5})?\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex(@"\b[a-z0-9-]+\.(?<ns>[a-z0-9-]+)\.svc\b", RegexOptions.ExplicitCapture)]
    private static partial Regex FullName();
}
