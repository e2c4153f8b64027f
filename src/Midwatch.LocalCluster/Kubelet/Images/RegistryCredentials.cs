using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>A user and password for one registry.</summary>
/// <param name="Registry">A host, or a host and the beginning of a path.</param>
internal sealed record RegistryCredentials(string Registry, string Username, string Password)
{
    /// <summary>True when a pull of the reference would use them.</summary>
    public bool AreFor(ImageReference reference) =>
        reference.Registry == Registry
        || reference.Repository.StartsWith(Registry + "/", StringComparison.Ordinal)
        || (reference.Registry == "docker.io" && Registry is "index.docker.io" or "index.docker.io/v1");

    /// <summary>Reads a Secret of type kubernetes.io/dockerconfigjson; empty when it holds nothing usable.</summary>
    public static IEnumerable<RegistryCredentials> Read(JsonObject secret)
    {
        if (Decode(secret.At("data").Text(".dockerconfigjson")) is { } config)
        {
            return Parse(config).At("auths") is JsonObject auths ? ReadAll(auths) : [];
        }

        return Decode(secret.At("data").Text(".dockercfg")) is { } old ? ReadAll(Parse(old)) : [];
    }

    private static IEnumerable<RegistryCredentials> ReadAll(JsonObject auths)
    {
        foreach (var (registry, entry) in auths)
        {
            var (username, password) = (entry.Text("username"), entry.Text("password"));
            if (Decode(entry.Text("auth")) is { } pair
                && pair.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                (username, password) = (pair[..colon], pair[(colon + 1)..]);
            }

            if (username is not null && password is not null)
            {
                yield return new(Host(registry), username, password);
            }
        }
    }

    private static string Host(string registry)
    {
        var scheme = registry.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? registry : registry[(scheme + 3)..]).TrimEnd('/');
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            // A registry does not care why there are no credentials either: the pull says that it was refused.
            return [];
        }
    }

    private static string? Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }
}
