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

    /// <summary>Goes on from here with whatever is there then.</summary>
    public ContinueToken Inconsistent => this with { Revision = -1 };

    /// <summary>Null when the text is no token of ours.</summary>
    public static ContinueToken? Decode(string text, out string why)
    {
        why = "";
        var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        var buffer = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, buffer, out var length))
        {
            why = "illegal base64 data";
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
            why = $"invalid character '{(length > 0 ? (char)buffer[0] : ' ')}' looking for beginning of value";
            return null;
        }
    }
}
