using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>The fields that the server owns: whatever a client writes there does not count.</summary>
internal static class ServerFields
{
    private static readonly string[] Kept =
        ["creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion",
            "generateName"];

    /// <summary>Removes what a new object cannot bring.</summary>
    public static void Strip(KindDefinition kind, JsonObject body)
    {
        var metadata = ObjectMetadata.Of(body);
        foreach (var field in (string[])["uid", "creationTimestamp", "generation", "deletionTimestamp",
            "deletionGracePeriodSeconds", "managedFields", "selfLink", "resourceVersion"])
        {
            _ = metadata.Remove(field);
        }

        if (kind.Has("status"))
        {
            _ = body.Remove("status");
        }
    }

    /// <summary>Takes over from the present version what a change cannot touch.</summary>
    /// <param name="subresource">The part that the change is of alone; "" for the object itself.</param>
    public static JsonObject Carry(
        KindDefinition kind, JsonObject proposed, StoredObject current, string subresource)
    {
        if (Part(subresource) is { } part)
        {
            var body = current.Clone();
            Take(body, proposed, part);
            return body;
        }

        if (subresource == "resize")
        {
            var body = current.Clone();
            ResizeRules.Take(body, proposed);
            return body;
        }

        if (kind is { Group: "", Kind: "Pod" })
        {
            Take(proposed, current.Clone(), ["spec", "ephemeralContainers"]);
        }

        var metadata = ObjectMetadata.Of(proposed);
        var before = ObjectMetadata.Of(current.Clone());
        metadata["name"] = current.Key.Name;
        if (current.Key.Namespace is not null)
        {
            metadata["namespace"] = current.Key.Namespace;
        }

        metadata["uid"] ??= before["uid"]?.DeepClone();
        _ = metadata.Remove("managedFields");
        _ = metadata.Remove("selfLink");
        foreach (var field in Kept)
        {
            if (before[field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
            else
            {
                _ = metadata.Remove(field);
            }
        }

        if (kind.Has("status"))
        {
            _ = proposed.Remove("status");
            if (current.Body["status"] is { } status)
            {
                proposed["status"] = status.DeepClone();
            }
        }

        if (kind is { Group: "", Kind: "Service" })
        {
            CarryAddresses(proposed, current.Body);
        }

        return proposed;
    }

    /// <summary>Whoever asks for a certificate cannot say that he is somebody else.</summary>
    public static void NameRequester(ApiCall call, JsonObject body)
    {
        if (call.Kind.Kind == "CertificateSigningRequest" && body["spec"] is JsonObject spec)
        {
            spec["username"] = call.User.Name;
            spec["groups"] = new JsonArray([.. call.User.Groups.Select(group => JsonValue.Create(group))]);
            spec["usages"] ??= new JsonArray("digital signature", "key encipherment");
        }
    }

    private static string[]? Part(string subresource) => subresource switch
    {
        "status" => ["status"],
        "approval" => ["status", "conditions"],
        "ephemeralcontainers" => ["spec", "ephemeralContainers"],
        _ => null,
    };

    private static void Take(JsonObject body, JsonObject from, string[] path)
    {
        JsonNode? value = from;
        foreach (var step in path)
        {
            value = (value as JsonObject)?[step];
        }

        foreach (var step in path[..^1])
        {
            if (body[step] is not JsonObject below)
            {
                body[step] = below = [];
            }

            body = below;
        }

        if (value is null)
        {
            _ = body.Remove(path[^1]);
        }
        else
        {
            body[path[^1]] = value.DeepClone();
        }
    }

    // A manifest rarely names the ClusterIP that the service was given; leaving it out does not give it up.
    private static void CarryAddresses(JsonObject proposed, JsonObject current)
    {
        if (proposed["spec"] is not JsonObject spec || spec["type"]?.GetValue<string>() == "ExternalName")
        {
            return;
        }

        foreach (var field in (string[])["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"])
        {
            if (spec[field] is null && current["spec"]?[field] is { } value)
            {
                spec[field] = value.DeepClone();
            }
        }

        foreach (var port in (spec["ports"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var before = (current["spec"]?["ports"] as JsonArray ?? []).OfType<JsonObject>()
                .FirstOrDefault(one => JsonNode.DeepEquals(one["port"], port["port"]));
            if (port["nodePort"] is null && before?["nodePort"] is { } node
                && spec["type"]?.GetValue<string>() != "ClusterIP")
            {
                port["nodePort"] = node.DeepClone();
            }
        }
    }
}
