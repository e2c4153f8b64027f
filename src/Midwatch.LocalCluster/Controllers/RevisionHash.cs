using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>
/// The name of a ControllerRevision as Kubernetes makes it: FNV-1 over the text of its data, fields by name, and the
/// number of collisions.
/// </summary>
internal static class RevisionHash
{
    public static string Of(JsonObject data, long collisions)
    {
        // Go writes these three so that a text may stand in a web page.
        var text = Encoding.UTF8.GetString(FrozenObject.Write(SortedFields.Of(data)!))
            .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal);
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(text + collisions.ToString(CultureInfo.InvariantCulture)))
        {
            hash = unchecked(hash * 16777619u) ^ octet;
        }

        return TemplateHash.SafeEncode(hash.ToString(CultureInfo.InvariantCulture));
    }
}
