using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Who controls an object: the one ownerReference with <c>controller: true</c>.</summary>
internal static class Ownership
{
    public static JsonObject? Controller(JsonObject body) =>
        body.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller"));

    public static bool IsControlledBy(JsonObject body, string uid) =>
        Controller(body)?.Text("uid") is { } owner && string.Equals(owner, uid, StringComparison.Ordinal);

    public static JsonObject Reference(JsonObject owner) => new()
    {
        ["apiVersion"] = owner.Text("apiVersion"),
        ["kind"] = owner.Text("kind"),
        ["name"] = owner.Text("metadata", "name"),
        ["uid"] = owner.Text("metadata", "uid"),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}
