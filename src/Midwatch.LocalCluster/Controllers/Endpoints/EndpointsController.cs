using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Endpoints;

/// <summary>Keeps Endpoints and EndpointSlices of Services with a selector true to their pods.</summary>
internal sealed class EndpointsController(ClusterWriter cluster, TimeProvider time) : IController
{
    private const string Changed = "endpoints.kubernetes.io/last-change-trigger-time";

    public string Name => "endpoint-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "services"))
        {
            return [key];
        }

        if (key.Is("", "endpoints"))
        {
            return [Service(key)];
        }

        if (!key.Is("", "pods"))
        {
            return [];
        }

        return cluster.Store.List("", "services", key.Namespace)
            .Where(service => Selects(service, change.Object) || (change.Previous is { } was && Selects(service, was)))
            .Select(service => service.Key);
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        var endpoints = key with { Plural = "endpoints" };
        if (cluster.Store.Get(key) is not { } service)
        {
            if (cluster.Store.Get(endpoints)?.Body.Text("metadata", "labels", EndpointsObject.ManagedBy) is not null)
            {
                cluster.Delete(endpoints);
            }

            return null;
        }

        if (!service.Body.Map("spec", "selector").Any() || service.Body.Text("spec", "type") == "ExternalName")
        {
            return null;
        }

        var backends = ServiceBackend.Of(
            service.Body, cluster.Store.List("", "pods", key.Namespace).Select(pod => new PodFacts(pod)));
        WriteEndpoints(endpoints, service.Body, backends);
        WriteSlices(service, EndpointSlices.Of(service.Body, backends));
        return null;
    }

    private static ObjectKey Service(ObjectKey endpoints) => endpoints with { Plural = "services" };

    private static bool Selects(StoredObject service, StoredObject pod)
    {
        var query = LabelQuery.OfMap(service.Body.At("spec", "selector"));
        return !query.IsEmpty && query.Matches(pod.Body);
    }

    private void WriteEndpoints(ObjectKey key, JsonObject service, ImmutableArray<ServiceBackend> backends)
    {
        var subsets = EndpointsObject.Subsets(service, backends);
        var labels = EndpointsObject.Labels(service);
        var now = KubernetesTime.Format(time.GetUtcNow());
        if (cluster.Store.Get(key) is not { } present)
        {
            _ = cluster.Create(key, Fill(
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Endpoints", ["metadata"] = new JsonObject() },
                labels, subsets, now));
            return;
        }

        if (!JsonNode.DeepEquals(present.Body.At("subsets") ?? new JsonArray(), subsets)
            || !JsonNode.DeepEquals(present.Body.At("metadata", "labels"), labels))
        {
            _ = cluster.Mutate(key, body => Fill(body, labels, subsets, now));
        }
    }

    private static JsonObject Fill(JsonObject body, JsonObject labels, JsonArray subsets, string now)
    {
        body.Need("metadata")["labels"] = labels.DeepClone();
        body.Need("metadata", "annotations")[Changed] = now;
        if (subsets.Count > 0)
        {
            body["subsets"] = subsets.DeepClone();
        }
        else
        {
            _ = body.Remove("subsets");
        }

        return body;
    }

    private void WriteSlices(StoredObject service, ImmutableArray<JsonObject> wanted)
    {
        var present = cluster.Store.List("discovery.k8s.io", "endpointslices", service.Key.Namespace)
            .Where(slice => Ownership.IsControlledBy(slice.Body, service.Uid)).ToImmutableArray();
        for (var index = 0; index < Math.Max(wanted.Length, present.Length); index++)
        {
            if (index >= wanted.Length)
            {
                cluster.Delete(present[index].Key);
            }
            else if (index >= present.Length)
            {
                var key = new ObjectKey("discovery.k8s.io", "endpointslices", service.Key.Namespace, "");
                wanted[index].Need("metadata", "annotations")[Changed] = KubernetesTime.Format(time.GetUtcNow());
                _ = cluster.Create(key, wanted[index]);
            }
            else
            {
                var slice = wanted[index];
                _ = cluster.Mutate(present[index].Key, body =>
                {
                    if (!JsonNode.DeepEquals(body["endpoints"], slice["endpoints"]))
                    {
                        body.Need("metadata", "annotations")[Changed] = KubernetesTime.Format(time.GetUtcNow());
                    }

                    body["endpoints"] = slice["endpoints"]?.DeepClone();
                    body["ports"] = slice["ports"]?.DeepClone();
                    body.Need("metadata")["labels"] = slice.At("metadata", "labels")?.DeepClone();
                });
            }
        }
    }
}
