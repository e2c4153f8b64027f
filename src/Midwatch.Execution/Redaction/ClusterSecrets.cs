using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Redaction;

/// <summary>Teaches a redactor the Secrets of the namespaces in scope.</summary>
public static class ClusterSecrets
{
    /// <summary>Reads them with an identity that may; where it may not, nothing is learned.</summary>
    /// <param name="client">An identity that may list Secrets, so never the one that diagnoses.</param>
    /// <param name="namespaces">The namespaces.</param>
    /// <returns>For each namespace that could not be read, why.</returns>
    public static async Task<ImmutableArray<string>> LearnAsync(
        Redactor redactor,
        KubernetesClient client,
        ImmutableArray<string> namespaces,
        CancellationToken cancellationToken)
    {
        var failures = ImmutableArray.CreateBuilder<string>();
        foreach (var space in namespaces)
        {
            var path = ResourcePath.Core("secrets", space);
            switch (await client.ListAsync(path, ListQuery.All, cancellationToken))
            {
                case KubernetesAnswer<ResourceList>.Done list:
                    Learn(redactor, list.Value.Items);
                    break;
                case { Failure: { } failure }:
                    failures.Add($"{space}: {failure}");
                    break;
            }
        }

        return failures.ToImmutable();
    }

    private static void Learn(Redactor redactor, ImmutableArray<JsonElement> secrets)
    {
        foreach (var secret in secrets)
        {
            var name = secret.GetProperty("metadata").GetProperty("name").GetString() ?? "";
            if (!secret.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var entry in data.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.String && entry.Value.TryGetBytesFromBase64(out var value))
                {
                    redactor.LearnEntry(name, entry.Name, Encoding.UTF8.GetString(value));
                }
            }
        }
    }
}
