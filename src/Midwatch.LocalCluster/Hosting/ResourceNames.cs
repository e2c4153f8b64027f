using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// Finds the paths of kinds by asking the API server's discovery, once per group version, and again for a kind that was
/// not there then: a definition may have come since.
/// </summary>
internal sealed class ResourceNames(AdminConnection api)
{
    private readonly Dictionary<string, ImmutableArray<JsonObject>> _known = new(StringComparer.Ordinal);

    /// <summary>Null when the server has no such kind.</summary>
    public async Task<ResourceName?> FindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        var path = apiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
        if (Find(path, kind) is { } found)
        {
            return found;
        }

        var answer = await api.GetAsync(path, cancellationToken);
        _known[path] = [.. answer.Body.Items("resources")];
        return Find(path, kind);
    }

    private ResourceName? Find(string path, string kind) => _known.GetValueOrDefault(path, [])
        .Where(resource => resource.Text("kind") == kind
            && resource.Text("name")?.Contains('/', StringComparison.Ordinal) == false)
        .Select(resource => new ResourceName(
            path, resource.Text("name")!, resource.Text("singularName") ?? kind, resource.Flag("namespaced")))
        .FirstOrDefault();
}
