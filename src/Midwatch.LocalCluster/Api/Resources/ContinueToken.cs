using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Where a list in pages goes on.</summary>
/// <param name="Revision">The revision of the first page, which all pages report.</param>
/// <param name="After">The "namespace/name" of the last object already sent.</param>
internal sealed record ContinueToken(long Revision, string After)
{
    public string Encode() => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["v"] = "meta.k8s.io/v1",
        ["rv"] = Revision.ToString(CultureInfo.InvariantCulture),
        ["start"] = After,
    }.ToJsonString())).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Null when the text is no token of ours.</summary>
    public static ContinueToken? Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        var buffer = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, buffer, out var length))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(buffer.AsSpan(0, length)) is JsonObject body
                && long.TryParse(body["rv"]?.ToString(), CultureInfo.InvariantCulture, out var revision)
                && body["start"]?.ToString() is { } after
                ? new ContinueToken(revision, after)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
