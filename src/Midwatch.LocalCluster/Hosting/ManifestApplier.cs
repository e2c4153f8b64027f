using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// Applies a folder of manifests over HTTPS: objects that are missing are created, others are merged with what was
/// applied before, as <c>kubectl apply</c> does, and with the same annotation, so that kubectl can go on from there.
/// </summary>
public sealed class ManifestApplier : IDisposable
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private const int DefinitionLooks = 100;
    private static readonly TimeSpan DefinitionPause = TimeSpan.FromMilliseconds(50);

    private readonly AdminConnection _api;
    private readonly ResourceNames _names;

    /// <param name="kubeconfigPath">The administrator's kubeconfig of a local cluster.</param>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="FormatException">It is not a kubeconfig of a local cluster.</exception>
    public ManifestApplier(string kubeconfigPath)
    {
        _api = AdminConnection.Open(kubeconfigPath);
        _names = new ResourceNames(_api);
    }

    /// <summary>Where the cluster's API answers.</summary>
    public Uri Server => _api.Server;

    /// <summary>
    /// Applies every document in the order of file names. Nothing is applied when a file has a mistake.
    /// </summary>
    /// <param name="path">A folder, or one file.</param>
    /// <param name="values">What <c>${NAME}</c> in the files stands for.</param>
    /// <returns>One result per object, or one per mistake.</returns>
    public async Task<ImmutableArray<ManifestResult>> ApplyAsync(
        string path, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var folder = ManifestFolder.Read(path, values);
        if (!folder.Errors.IsEmpty)
        {
            return [.. folder.Errors.Select(error => new ManifestResult.Failed(path, error))];
        }

        var results = ImmutableArray.CreateBuilder<ManifestResult>();
        foreach (var document in folder.Documents)
        {
            results.Add(await ApplyAsync(document, cancellationToken));
        }

        return results.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private async Task<ManifestResult> ApplyAsync(ManifestDocument document, CancellationToken cancellationToken)
    {
        if (await _names.FindAsync(document.ApiVersion, document.Kind, cancellationToken) is not { } resource)
        {
            return new ManifestResult.Failed(
                document.Kind,
                $"{document.Place}: no matches for kind \"{document.Kind}\" in version \"{document.ApiVersion}\"");
        }

        var subject = resource.Title + "/" + document.Name;
        var collection = resource.Collection(document.Namespace ?? "default");
        var path = collection + "/" + Uri.EscapeDataString(document.Name);
        var wanted = Annotated(document.Body);
        var present = await _api.GetAsync(path, cancellationToken);
        if (present.IsSuccess && IsThere(present.Body!, wanted))
        {
            return new ManifestResult.Unchanged(subject);
        }

        var answer = present.Status == HttpStatusCode.NotFound
            ? await _api.SendAsync(HttpMethod.Post, collection, wanted, MediaTypes.Json, cancellationToken)
            : present.IsSuccess
                ? await _api.SendAsync(
                    HttpMethod.Patch, path, Patch(present.Body!, wanted, document.Body),
                    MediaTypes.MergePatch, cancellationToken)
                : present;
        if (!answer.IsSuccess)
        {
            return new ManifestResult.Failed(subject, $"{document.Place}: {subject}: {answer.Message}");
        }

        if (document.Kind == "CustomResourceDefinition")
        {
            await EstablishedAsync(path, cancellationToken);
        }

        if (answer.Status == HttpStatusCode.Created)
        {
            return new ManifestResult.Created(subject);
        }

        var same = answer.Body.Text("metadata", "resourceVersion") == present.Body.Text("metadata", "resourceVersion");
        return same ? new ManifestResult.Unchanged(subject) : new ManifestResult.Configured(subject);
    }

    // The documents that follow may be of the new kind. One that is not established in time makes them fail by name.
    private async Task EstablishedAsync(string path, CancellationToken cancellationToken)
    {
        for (var looks = 0; looks < DefinitionLooks; looks++)
        {
            var definition = await _api.GetAsync(path, cancellationToken);
            if (definition.Body.Items("status", "conditions").Any(condition =>
                condition.Text("type") == "Established" && condition.Text("status") == "True"))
            {
                return;
            }

            await Task.Delay(DefinitionPause, TimeProvider.System, cancellationToken);
        }
    }

    private static JsonObject Annotated(JsonObject body)
    {
        var wanted = (JsonObject)body.DeepClone();
        var plain = (JsonObject)body.DeepClone();
        _ = plain.Need("metadata", "annotations");
        wanted.Need("metadata", "annotations")[LastApplied] = plain.ToJsonString() + "\n";
        return wanted;
    }

    // Applied before to the letter, and nobody changed it since: what the server added (defaults, a pod's own volumes)
    // must not be taken for a difference, as a list in a merge patch replaces the whole list.
    private static bool IsThere(JsonObject present, JsonObject wanted) =>
        present.Text("metadata", "annotations", LastApplied) == wanted.Text("metadata", "annotations", LastApplied)
        && Holds(present, wanted);

    private static bool Holds(JsonNode? present, JsonNode? wanted) => (present, wanted) switch
    {
        (JsonObject all, JsonObject some) => some.All(field =>
            all.TryGetPropertyValue(field.Key, out var value) && Holds(value, field.Value)),
        (JsonArray all, JsonArray some) =>
            all.Count == some.Count && all.Zip(some).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(present, wanted),
    };

    // Fields that were applied before and are no longer wanted go; fields that others added stay.
    private static JsonObject Patch(JsonObject present, JsonObject wanted, JsonObject document)
    {
        var patch = (JsonObject)wanted.DeepClone();
        if (present.Text("metadata", "annotations", LastApplied) is { } text
            && JsonNode.Parse(text) is JsonObject before)
        {
            Drop(before, document, patch);
        }

        return patch;
    }

    private static void Drop(JsonObject before, JsonObject wanted, JsonObject patch)
    {
        foreach (var (name, old) in before)
        {
            if (!wanted.ContainsKey(name))
            {
                // The annotation itself is among the annotations and must survive.
                if (!(old is JsonObject { Count: 0 } && patch[name] is JsonObject))
                {
                    patch[name] = null;
                }
            }
            else if (old is JsonObject inner && wanted[name] is JsonObject still && patch[name] is JsonObject deeper)
            {
                Drop(inner, still, deeper);
            }
        }
    }
}
