using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Finds who needs whom: owners, Services' pods, host names in environment, arguments and ConfigMaps, volumes, nodes.
/// </summary>
internal sealed partial class GraphBuilder(ClusterPicture picture)
{
    private readonly ServiceDirectory _services = new(picture);
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<GraphEdge> _edges = [];

    public DependencyGraph Build()
    {
        foreach (var (subject, body) in picture.WorkloadObjects())
        {
            _nodes.Add(new GraphNode(subject, body.Map("metadata", "labels"),
                body.Map("spec", "template", "metadata", "labels")));
            AddNeeds(subject, body.At("spec", "template", "spec"));
        }

        foreach (var (subject, body) in picture.Pods())
        {
            AddPod(subject, body);
        }

        foreach (var body in picture["services"])
        {
            AddService(body);
        }

        _nodes.AddRange(picture["nodes"].Select(node => Bare(new Subject("node", null, node.Name()), node)));
        _nodes.AddRange(picture["persistentvolumeclaims"].Select(claim =>
            Bare(new Subject("persistentvolumeclaim", claim.Namespace(), claim.Name()), claim)));
        return new DependencyGraph([.. _nodes.OrderBy(node => node.Subject)],
            [.. _edges.OrderBy(edge => edge.From).ThenBy(edge => edge.To)
                .ThenBy(edge => edge.Kind, StringComparer.Ordinal)]);
    }

    /// <summary>Namespaces beyond those read that something in them is told of.</summary>
    public ImmutableSortedSet<string> NamespacesBeyond(IEnumerable<string> read) =>
    [
        .. picture.WorkloadObjects().SelectMany(one => Texts(one.Subject, one.Body.At("spec", "template", "spec")))
            .SelectMany(text => ServiceDirectory.NamespacesIn(text.Value)).Except(read),
    ];

    private static GraphNode Bare(Subject subject, JsonElement body) =>
        new(subject, body.Map("metadata", "labels"), ImmutableSortedDictionary<string, string>.Empty);

    private void AddPod(Subject subject, JsonElement body)
    {
        _nodes.Add(Bare(subject, body));
        if (picture.OwnerOf(body) is { } owner)
        {
            Add(subject, owner, GraphEdge.Owner, "metadata.ownerReferences");
        }
        else
        {
            AddNeeds(subject, body.At("spec"));
        }

        if (body.Text("spec", "nodeName") is { } node)
        {
            Add(subject, new Subject("node", null, node), GraphEdge.Node, "spec.nodeName");
        }

        foreach (var volume in body.Items("spec", "volumes"))
        {
            if (volume.Text("persistentVolumeClaim", "claimName") is { } claim)
            {
                Add(subject, new Subject("persistentvolumeclaim", subject.Namespace, claim), GraphEdge.Volume,
                    $"spec.volumes {volume.Text("name")}");
            }
        }
    }

    private void AddService(JsonElement body)
    {
        var service = new Subject("service", body.Namespace(), body.Name());
        _nodes.Add(Bare(service, body));
        var selector = body.Map("spec", "selector");
        var behind = picture.WorkloadObjects()
            .Where(one => one.Subject.Namespace == service.Namespace
                && selector.IsIn(one.Body.Map("spec", "template", "metadata", "labels"))).Select(one => one.Subject)
            .Concat(picture.Pods().Where(pod => pod.Subject.Namespace == service.Namespace
                && picture.OwnerOf(pod.Body) is null && selector.IsIn(pod.Body.Map("metadata", "labels")))
                    .Select(pod => pod.Subject));
        foreach (var workload in behind)
        {
            Add(service, workload, GraphEdge.Endpoint, "spec.selector");
        }
    }

    private void AddNeeds(Subject subject, JsonElement spec)
    {
        foreach (var (where, value, isAddress) in Texts(subject, spec))
        {
            foreach (var service in _services.In(value, subject.Namespace, isAddress))
            {
                // A workload may name its own Service (a headless one for its members); that is no dependency.
                var selector = picture["services"]
                    .First(body => body.Name() == service.Name && body.Namespace() == service.Namespace)
                    .Map("spec", "selector");
                if (service.Namespace != subject.Namespace || !selector.IsIn(PodLabels(subject)))
                {
                    Add(subject, service, GraphEdge.Host, where);
                }
            }
        }
    }

    private ImmutableSortedDictionary<string, string> PodLabels(Subject subject) =>
        _nodes.Where(node => node.Subject == subject)
            .Select(node => subject.Kind == "pod" ? node.Labels : node.PodLabels).First();

    private IEnumerable<(string Where, string Value, bool IsAddress)> Texts(Subject subject, JsonElement spec)
    {
        foreach (var container in spec.Items("initContainers").Concat(spec.Items("containers")))
        {
            foreach (var variable in container.Items("env"))
            {
                var name = variable.Text("name") ?? "";
                var value = variable.Text("value")
                    ?? ConfigValue(subject, variable.Text("valueFrom", "configMapKeyRef", "name"),
                        variable.Text("valueFrom", "configMapKeyRef", "key"));
                yield return ($"env {name}", value ?? "", AddressName().IsMatch(name));
            }

            foreach (var (name, value) in container.Items("envFrom")
                .SelectMany(from => Config(subject, from.Text("configMapRef", "name"))))
            {
                yield return ($"env {name}", value, AddressName().IsMatch(name));
            }

            foreach (var word in container.Items("command").Concat(container.Items("args")))
            {
                yield return ("args", word.GetString() ?? "", false);
            }
        }

        foreach (var (name, value) in spec.Items("volumes")
            .SelectMany(volume => Config(subject, volume.Text("configMap", "name"))))
        {
            yield return ($"ConfigMap file {name}", value, false);
        }
    }

    private string? ConfigValue(Subject subject, string? configMap, string? key) =>
        key is null ? null : Config(subject, configMap).FirstOrDefault(pair => pair.Key == key).Value;

    private IEnumerable<KeyValuePair<string, string>> Config(Subject subject, string? configMap) => configMap is null
        ? []
        : picture["configmaps"].Where(body => body.Name() == configMap && body.Namespace() == subject.Namespace)
            .SelectMany(body => body.Map("data"));

    private void Add(Subject from, Subject to, string kind, string why) =>
        _edges.Add(new GraphEdge(from, to, kind, why));

    [GeneratedRegex("(?i)(HOST|URL|URI|ADDR|ENDPOINT|SERVER|BROKER|BACKEND|UPSTREAM|TARGET|SERVICE|DSN|CONNECTION)")]
    private static partial Regex AddressName();
}
