using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Iris.ExternalSecrets;

/// <summary>An ExternalSecret: which Secret is to hold which of a vault's secrets, and how fresh.</summary>
/// <param name="Keys">Key of the Secret to name in the vault.</param>
/// <param name="Version">Changes with whatever somebody changes in it: its specification, labels, annotations.</param>
/// <param name="Synced">What <paramref name="Version"/> was when it was last in step; empty before.</param>
internal sealed record ExternalSecret(
    string Namespace, string Name, string Uid, string Store, string Target, TimeSpan Refresh,
    ImmutableSortedDictionary<string, string> Keys, string Version, string Synced, DateTimeOffset? SyncedAt)
{
    private static readonly TimeSpan RefreshDefault = TimeSpan.FromHours(1);

    /// <summary>Gets the path of the object in the API.</summary>
    public string Path => $"{CollectionOf(Namespace)}/{Uri.EscapeDataString(Name)}";

    /// <summary>Where the API lists a namespace's.</summary>
    public static string CollectionOf(string space) =>
        $"/apis/external-secrets.io/v1beta1/namespaces/{Uri.EscapeDataString(space)}/externalsecrets";

    /// <summary>Reads an object of the API.</summary>
    public static ExternalSecret Read(JsonObject body)
    {
        var metadata = body["metadata"];
        var spec = body["spec"];
        var name = Text(metadata?["name"]);
        var data = (spec?["data"] as JsonArray ?? []).OfType<JsonObject>();
        return new ExternalSecret(
            Text(metadata?["namespace"]), name, Text(metadata?["uid"]),
            Text(spec?["secretStoreRef"]?["name"]),
            spec?["target"]?["name"]?.ToString() ?? name,
            Duration(Text(spec?["refreshInterval"])),
            data.ToImmutableSortedDictionary(
                one => Text(one["secretKey"]), one => Text(one["remoteRef"]?["key"]), StringComparer.Ordinal),
            VersionOf(metadata),
            Text(body["status"]?["syncedResourceVersion"]),
            DateTimeOffset.TryParse(Text(body["status"]?["refreshTime"]), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var last) ? last : null);
    }

    /// <summary>Whether the vault is to be asked now.</summary>
    public bool IsDue(DateTimeOffset now) => Synced != Version || SyncedAt is not { } last
        || (Refresh > TimeSpan.Zero && now - last >= Refresh);

    /// <summary>Reads "1h", "90s", "1h30m"; what cannot be read is an hour, "0" is never again.</summary>
    internal static TimeSpan Duration(string text)
    {
        var sum = TimeSpan.Zero;
        var number = "";
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                number += letter;
                continue;
            }

            if (!int.TryParse(number, CultureInfo.InvariantCulture, out var amount) || !"hms".Contains(letter))
            {
                return RefreshDefault;
            }

            sum += TimeSpan.FromSeconds(letter switch { 'h' => 3600, 'm' => 60, _ => 1 } * (double)amount);
            number = "";
        }

        return number is "" or "0" && text.Length > 0 ? sum : RefreshDefault;
    }

    private static string VersionOf(JsonNode? metadata)
    {
        var words = (metadata?["annotations"] as JsonObject ?? []).Concat(metadata?["labels"] as JsonObject ?? [])
            .Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words)));
        return $"{Text(metadata?["generation"])}-{Convert.ToHexStringLower(hash)[..16]}";
    }

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
