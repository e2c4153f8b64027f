using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Reference.ClusterApi;

namespace Iris.ExternalSecrets;

/// <summary>Reads and writes the Secrets of the cluster.</summary>
internal sealed class SecretWriter(ApiReader reader, ApiWriter writer)
{
    private const string HashAnnotation = "reconcile.external-secrets.io/data-hash";

    /// <summary>Reads one value.</summary>
    /// <exception cref="FormatException">There is no such Secret or key.</exception>
    public async Task<string> ValueAsync(string space, string name, string key, CancellationToken cancellationToken) =>
        (await FindAsync(space, name, cancellationToken))?["data"]?[key]?.ToString() is { } value
            ? Encoding.UTF8.GetString(Convert.FromBase64String(value))
            : throw new FormatException($"the Secret '{name}' has no key '{key}'");

    /// <summary>Whether the Secret is as it was when it was last written.</summary>
    public async Task<bool> IsIntactAsync(ExternalSecret wanted, CancellationToken cancellationToken)
    {
        var secret = await FindAsync(wanted.Namespace, wanted.Target, cancellationToken);
        var data = secret?["data"] as JsonObject ?? [];
        return secret?["metadata"]?["annotations"]?[HashAnnotation]?.ToString() == HashOf(
            wanted.Keys.Keys.ToImmutableSortedDictionary(key => key, key => data[key]?.ToString() ?? ""));
    }

    /// <summary>Makes the Secret what the vault says; keys that are not asked for stay.</summary>
    public async Task WriteAsync(
        ExternalSecret wanted, ImmutableSortedDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var data = values.ToImmutableSortedDictionary(
            pair => pair.Key, pair => Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value)));
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = wanted.Target,
                ["annotations"] = new JsonObject { [HashAnnotation] = HashOf(data) },
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = "external-secrets.io/v1beta1",
                    ["kind"] = "ExternalSecret",
                    ["name"] = wanted.Name,
                    ["uid"] = wanted.Uid,
                    ["controller"] = true,
                    ["blockOwnerDeletion"] = true,
                }),
            },
            ["data"] = new JsonObject([.. data.Select(
                pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))]),
        };
        var secrets = $"/api/v1/namespaces/{Uri.EscapeDataString(wanted.Namespace)}/secrets";
        _ = await FindAsync(wanted.Namespace, wanted.Target, cancellationToken) is null
            ? await writer.CreateAsync(secrets, body, cancellationToken)
            : await writer.MergeAsync($"{secrets}/{Uri.EscapeDataString(wanted.Target)}", body, cancellationToken);
    }

    private async Task<JsonNode?> FindAsync(string space, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.GetAsync(
                $"/api/v1/namespaces/{Uri.EscapeDataString(space)}/secrets/{Uri.EscapeDataString(name)}",
                cancellationToken);
        }
        catch (HttpRequestException failure) when (failure.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static string HashOf(ImmutableSortedDictionary<string, string> data) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', data.Select(pair => $"{pair.Key}={pair.Value}")))));
}
