using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Collection;

/// <summary>Tells in a namespace's conditions what keeps it from going (pkg/controller/namespace/deletion).</summary>
internal static class NamespaceRemains
{
    public static void Tell(JsonObject ns, ImmutableArray<StoredObject> left, string now)
    {
        var kinds = left.GroupBy(item => $"{item.Key.Plural}.{item.Key.Group}", StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => Count(kind.Key + " has", kind.Count()));
        var finalizers = left.SelectMany(item => ObjectMetadata.Finalizers(item.Body))
            .GroupBy(name => name, StringComparer.Ordinal)
            .OrderBy(name => name.Key, StringComparer.Ordinal)
            .Select(name => Count(name.Key + " in", name.Count())).ToList();
        Set("NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered",
            "All resources successfully discovered");
        Set("NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions",
            "All legacy kube types successfully parsed");
        Set("NamespaceDeletionContentFailure", "False", "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization");
        Set("NamespaceContentRemaining", "True", "SomeResourcesRemain",
            "Some resources are remaining: " + string.Join(", ", kinds));
        if (finalizers.Count > 0)
        {
            Set("NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain",
                "Some content in the namespace has finalizers remaining: " + string.Join(", ", finalizers));
        }
        else
        {
            Set("NamespaceFinalizersRemaining", "False", "ContentHasNoFinalizers",
                "All content-preserving finalizers finished");
        }

        void Set(string type, string status, string reason, string message)
        {
            if (ns["status"] is not JsonObject body)
            {
                ns["status"] = body = [];
            }

            if (body["conditions"] is not JsonArray conditions)
            {
                body["conditions"] = conditions = [];
            }

            var present = conditions.OfType<JsonObject>().FirstOrDefault(one => (string?)one["type"] == type);
            var since = (string?)present?["status"] == status ? (string?)present!["lastTransitionTime"] : now;
            if (present is null)
            {
                conditions.Add((JsonNode)(present = []));
            }

            present["lastTransitionTime"] = since;
            present["message"] = message;
            present["reason"] = reason;
            present["status"] = status;
            present["type"] = type;
        }
    }

    private static string Count(string what, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {number} resource instances");
}
