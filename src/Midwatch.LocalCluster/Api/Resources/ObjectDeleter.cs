using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Protobuf;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Deletes one object or a whole selection.</summary>
internal sealed class ObjectDeleter(ApiServerOptions options)
{
    public async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var (asked, refusal) = await ReadOptionsAsync(call);
        return refusal is null ? DeleteOne(call, call.Key, asked, out _) : ApiAnswer.Refuse(refusal);
    }

    public async Task<ApiAnswer> DeleteAllAsync(ApiCall call)
    {
        var (asked, refusal) = await ReadOptionsAsync(call);
        if (refusal is not null)
        {
            return ApiAnswer.Refuse(refusal);
        }

        if (Selection.Parse(call, out var wrong) is not { } selection)
        {
            return ApiAnswer.Refuse(wrong!);
        }

        var items = new JsonArray();
        foreach (var item in options.Store.List(call.Kind.StoredGroup, call.Kind.Plural, call.Target.Namespace))
        {
            if (selection.Matches(call.Kind.Served(item)))
            {
                _ = DeleteOne(call, item.Key, asked, out var deleted);
                items.Add(call.Kind.Served(deleted ?? item).Clone());
            }
        }

        return ApiAnswer.Json(new JsonObject
        {
            ["kind"] = $"{call.Kind.Kind}List",
            ["apiVersion"] = call.Kind.GroupVersion,
            ["metadata"] =
                new JsonObject { ["resourceVersion"] = options.Store.Revision.ToString(CultureInfo.InvariantCulture) },
            ["items"] = items,
        });
    }

    private ApiAnswer DeleteOne(ApiCall call, ObjectKey key, DeleteOptions asked, out StoredObject? deleted)
    {
        deleted = null;
        if (key is { Group: "", Plural: "namespaces", Name: "default" or "kube-system" or "kube-public" })
        {
            return ApiAnswer.Refuse(ApiStatus.Forbidden(call.Kind, key.Name, "this namespace may not be deleted"));
        }

        if (call.IsDryRun || asked.IsDryRun)
        {
            deleted = options.Store.Get(key);
            return deleted is null
                ? ApiAnswer.Refuse(ApiStatus.NotFound(call.Kind, key.Name))
                : ApiAnswer.Json(ApiStatus.Deleted(call.Kind, deleted));
        }

        var result = options.Store.Delete(key, asked);
        deleted = result.Written;
        return result switch
        {
            StoreResult.Removed removed => ApiAnswer.Json(ApiStatus.Deleted(call.Kind, removed.Object)),
            StoreResult.Done done => ApiAnswer.Json(call.Kind.Served(done.Object).Clone()),
            StoreResult.Conflict conflict => ApiAnswer.Refuse(
                ApiStatus.FailedPrecondition(call.Kind, key.Name, conflict.Reason)),
            _ => ApiAnswer.Refuse(ApiStatus.FromStore(call.Kind, result)!),
        };
    }

    private static async Task<(DeleteOptions Options, ApiStatus? Refusal)> ReadOptionsAsync(ApiCall call)
    {
        if (await ReadBodyAsync(call) is not { } body)
        {
            return (new DeleteOptions(), ApiStatus.UnknownFormat());
        }

        var policy = Text(body["propagationPolicy"]) is { Length: > 0 } given ? given : call.Query("propagationPolicy");
        if (policy is not ("" or "Foreground" or "Background" or "Orphan"))
        {
            return (new DeleteOptions(), ApiStatus.Invalid(
                "meta.k8s.io",
                "DeleteOptions",
                "",
                [FieldError.NotSupported("propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil")]));
        }

        var grace = Number(body["gracePeriodSeconds"])
            ?? (long.TryParse(call.Query("gracePeriodSeconds"), CultureInfo.InvariantCulture, out var query) ? query
                : null);
        var propagation = policy switch
        {
            "Foreground" => PropagationPolicy.Foreground,
            "Orphan" => PropagationPolicy.Orphan,
            _ when body["orphanDependents"]?.ToString() == "true" => PropagationPolicy.Orphan,
            _ => PropagationPolicy.Background,
        };
        var conditions = body["preconditions"] as JsonObject;
        var options = new DeleteOptions(
            propagation, grace, NullIfEmpty(Text(conditions?["uid"])),
                NullIfEmpty(Text(conditions?["resourceVersion"])));
        return (options with { IsDryRun = body["dryRun"] is JsonArray { Count: > 0 } }, null);
    }

    // Typed clients send protobuf, everybody else JSON; most send nothing.
    private static async Task<JsonObject?> ReadBodyAsync(ApiCall call)
    {
        var mediaType = RequestBody.MediaType(call.Http.Request);
        if (mediaType == ProtobufDecoder.MediaType)
        {
            var sent = await RequestBody.ReadAnyAsync(call.Http, call.Stop);
            return sent.Refusal is null ? sent.Object : null;
        }

        var text = await RequestBody.ReadTextAsync(call.Http.Request, call.Stop);
        return text.Length == 0 ? [] : RequestBody.Parse(text, mediaType == "application/yaml", out _) as JsonObject;
    }

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static long? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
