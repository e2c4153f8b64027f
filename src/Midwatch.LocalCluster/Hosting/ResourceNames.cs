using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Finds the paths of kinds by asking the API server's discovery, once per group version.</summary>
internal sealed class ResourceNames(AdminConnection api)
{
    private readonly Dictionary<string, ImmutableArray<JsonObject>> _known = new(StringComparer.Ordinal);

    /// <summary>Null when the server has no such kind.</summary>
    public async Task<ResourceName?> FindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        var path = apiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
        if (!_known.TryGetValue(path, out var resources))
        {
            var answer = await api.GetAsync(path, cancellationToken);
            resources = [.. answer.Body.Items("resources")];
            if (answer.IsSuccess)
            {
                _known[path] = resources;
            }
        }

        return resources
            .Where(resource => resource.Text("kind") == kind
                && resource.Text("name")?.Contains('/', StringComparison.Ordinal) == false)
            .Select(resource => new ResourceName(
                path, resource.Text("name")!, resource.Text("singularName") ?? kind, resource.Flag("namespaced")))
            .FirstOrDefault();
    }
}
