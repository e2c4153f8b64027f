using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>
/// The registries of the local cluster: folders with <c>NAME/image.json</c>, looked for anew at each pull, as one may
/// push at any time; answering as a registry and containerd would.
/// </summary>
internal sealed class ImageCatalog(Func<IEnumerable<string>> directories, TimeProvider time)
{
    private const string FileName = "image.json";

    private readonly ImageDescriptions _descriptions = new(time);

    /// <summary>Pulls with the credentials that the pod has.</summary>
    public PullResult Pull(string name, IEnumerable<RegistryCredentials> credentials)
    {
        if (ImageReference.Parse(name) is not { } reference)
        {
            return new PullResult.Invalid(
                $"Failed to apply default image tag \"{name}\": couldn't parse image name \"{name}\": "
                + "invalid reference format");
        }

        var registryIsKnown = false;
        PullResult? refused = null;
        foreach (var file in Files())
        {
            if (_descriptions.Read(file) is not { } description)
            {
                continue;
            }

            var repository = ImageReference.Parse(description.Text("repository") ?? "");
            registryIsKnown |= repository?.Registry == reference.Registry;
            if (repository?.Repository == reference.Repository)
            {
                // Several folders may hold tags of one repository.
                var answer = Pull(reference, description, file, credentials);
                if (answer is PullResult.Pulled)
                {
                    return answer;
                }

                refused ??= answer;
            }
        }

        return refused is not null ? refused : registryIsKnown ? Refused(reference) : Unreachable(reference);
    }

    private static PullResult Pull(
        ImageReference reference, JsonObject description, string file, IEnumerable<RegistryCredentials> credentials)
    {
        if (description.At("pullCredentials") is JsonObject wanted)
        {
            var offered = credentials.Where(one => one.AreFor(reference)).ToList();
            if (!offered.Exists(one =>
                one.Username == wanted.Text("username") && one.Password == wanted.Text("password")))
            {
                return Unauthorized(reference, offered.Count > 0);
            }
        }

        if (description.At("tags") is JsonObject tags && !tags.ContainsKey(reference.Tag))
        {
            return new PullResult.Failed(
                $"rpc error: code = NotFound desc = {Attempt(reference)}: {reference}: not found");
        }

        return new PullResult.Pulled(Make(reference, description, file));
    }

    private static Image Make(ImageReference reference, JsonObject description, string file)
    {
        var tag = description.At("tags", reference.Tag);
        var environment = description.Map("environment").Concat(tag.Map("environment"))
            .Aggregate(ImmutableDictionary<string, string>.Empty, (all, pair) => all.SetItem(pair.Key, pair.Value));
        var content = Encoding.UTF8.GetBytes($"{description.ToJsonString()}{reference.Tag}");
        return new(
            reference,
            Texts(tag.At("entrypoint") ?? description.At("entrypoint")),
            Texts(tag.At("arguments") ?? description.At("arguments")),
            environment,
            Path.GetDirectoryName(file) ?? "/",
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)),
            content.Length,
            tag.Text("user") ?? description.Text("user"));
    }

    private static PullResult.Failed Unauthorized(ImageReference reference, bool hadCredentials) => new(
        $"rpc error: code = Unknown desc = {Attempt(reference)}: failed to authorize: failed to fetch "
        + $"{(hadCredentials ? "oauth" : "anonymous")} token: unexpected status from GET request to "
        + $"https://{reference.Registry}/token?scope={Uri.EscapeDataString($"repository:{reference.Path}:pull")}"
        + $"&service={reference.Registry}: 401 Unauthorized");

    private static PullResult.Failed Refused(ImageReference reference) => new(
        $"rpc error: code = Unknown desc = {Attempt(reference)}: pull access denied, repository does not exist "
        + "or may require authorization: server message: insufficient_scope: authorization failed");

    private static PullResult.Failed Unreachable(ImageReference reference) => new(
        $"rpc error: code = Unknown desc = {Attempt(reference)}: failed to do request: "
        + $"Head \"https://{reference.Registry}/v2/{reference.Path}/manifests/{reference.Tag}\": "
        + $"dial tcp: lookup {reference.Registry}: no such host");

    private static string Attempt(ImageReference reference) =>
        $"failed to pull and unpack image \"{reference}\": failed to resolve reference \"{reference}\"";

    private static ImmutableArray<string> Texts(JsonNode? node) =>
        node is JsonArray array ? [.. array.Select(item => item?.ToString() ?? "")] : [];

    private IEnumerable<string> Files() =>
        directories().Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
            .Select(directory => Path.Combine(directory, FileName));
}
