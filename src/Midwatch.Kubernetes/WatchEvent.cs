using System.Text.Json;

namespace Midwatch.Kubernetes;

/// <summary>One line of a watch.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c> or <c>ERROR</c>.</param>
/// <param name="Resource">The object; with <c>ERROR</c> a Status.</param>
public sealed record WatchEvent(string Type, JsonElement Resource);
