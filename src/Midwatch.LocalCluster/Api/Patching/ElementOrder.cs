using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>Puts the elements of a merged list into the order that $setElementOrder asks for.</summary>
internal static class ElementOrder
{
    /// <param name="server">
    /// The list before the patch: elements that the patch does not name keep their place by it.
    /// </param>
    /// <param name="merged">The elements after the patch; taken over.</param>
    /// <param name="key">The merge key; null for lists of values.</param>
    public static JsonArray Apply(JsonArray server, List<JsonNode?> merged, JsonArray order, string? key)
    {
        var wanted = order.Select(item => Identity(item, key)).ToList();
        var before = server.Select(item => Identity(item, key)).ToList();
        var named = merged
            .Where(item => wanted.Contains(Identity(item, key)))
            .OrderBy(item => wanted.IndexOf(Identity(item, key)))
            .ToList();
        var others = merged.Where(item => !wanted.Contains(Identity(item, key))).ToList();
        var result = new JsonArray();
        int left = 0, right = 0;
        while (left < others.Count || right < named.Count)
        {
            var takeOther = right == named.Count
                || (left < others.Count && IsBefore(before, Identity(others[left], key), Identity(named[right], key)));
            result.Add(takeOther ? others[left++] : named[right++]);
        }

        return result;
    }

    private static bool IsBefore(List<string> order, string left, string right) =>
        order.IndexOf(left) is >= 0 and var first && order.IndexOf(right) is >= 0 and var second && first < second;

    private static string Identity(JsonNode? item, string? key) =>
        (key is null ? item : (item as JsonObject)?[key])?.ToJsonString() ?? "null";
}
