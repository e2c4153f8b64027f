using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Managed;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>PATCH with application/apply-patch+yaml: the server merges, and knows who owns which field.</summary>
internal sealed class ServerSideApply(ApiServerOptions options, ObjectWriter writer)
{
    public const string MediaType = "application/apply-patch+yaml";

    private readonly ObjectDecoder _decoder = new(SchemaCatalog.Embedded);

    public async Task<ApiAnswer> ApplyAsync(ApiCall call)
    {
        if (call.Query("fieldManager").Length == 0)
        {
            return ApiAnswer.Refuse(ApiStatus.Invalid("meta.k8s.io", "PatchOptions", "",
                [FieldError.Required("fieldManager", "is required for apply patch")]));
        }

        var text = await RequestBody.ReadTextAsync(call.Http.Request, call.Stop);
        if (RequestBody.Parse(text, isYaml: true, out var error) is not JsonObject manifest)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest($"error decoding YAML: {error}"));
        }

        if (Refusal(call, manifest) is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var decoded = _decoder.Decode(manifest, call.Kind);
        if (decoded.Error is { } wrong)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(wrong.Json));
        }

        return decoded.UnknownFields.Any()
            ? ApiAnswer.Refuse(new ApiStatus(500, "", $"failed to create typed patch object ({Named(call)}; "
                + $"{call.Kind.GroupVersion}, Kind={call.Kind.Kind}): "
                + $"{string.Join(", ", decoded.UnknownFields.Select(one => $".{one}: field not declared in schema"))}",
                null))
            : Apply(call, decoded.Body);
    }

    private ApiAnswer Apply(ApiCall call, JsonObject manifest)
    {
        var shape = FieldShape.OfKind(call.Kind);
        var isStatus = call.Target.Subresource == "status";
        var fields = FieldSets.Strip(FieldSets.Of(manifest, shape), call.Kind.Has("status"), isStatus);
        var manager = new FieldOwner(
            call.Query("fieldManager"), FieldOwner.Apply, call.Kind.GroupVersion, call.Target.Subresource);
        var now = KubernetesTime.Format(options.Time.GetUtcNow());
        if (options.Store.Get(call.Key) is not { } stored)
        {
            var made = ManagedFields.Read([]);
            made.Apply(call.Kind, manager, fields, [], manifest, now);
            ObjectMetadata.Of(manifest)["name"] = call.Key.Name;
            return writer.Create(call, manifest, [], made);
        }

        var current = call.Kind.Served(stored);
        var managed = ManagedFields.Read(current.Body);
        var merged = (JsonObject)AppliedMerge.Merge(current.Body, manifest, shape)!;
        AppliedMerge.Remove(merged, managed.Abandoned(manager, fields), shape);
        if (call.Query("force") is not ("true" or "1")
            && managed.Conflicts(call.Kind, manager, current.Body, merged).ToImmutableArray() is { Length: > 0 } found
            && !LastApplied.Covers(call, current.Body, found.Select(one => one.Fields)))
        {
            return ApiAnswer.Refuse(Conflict(found));
        }

        if (LastApplied.IsOf(call, current.Body))
        {
            LastApplied.Renew(merged, manifest);
        }

        managed.Apply(call.Kind, manager, fields, current.Body, merged, now);
        ObjectMetadata.Of(merged)["resourceVersion"] = ObjectMetadata.Text(manifest, "resourceVersion")
            ?? ObjectMetadata.Text(current.Body, "resourceVersion");
        return writer.Replace(call, current, merged, [], managed);
    }

    private static ApiStatus? Refusal(ApiCall call, JsonObject manifest)
    {
        if (ObjectMetadata.Text(manifest, "name") is not { Length: > 0 })
        {
            return ApiStatus.BadRequest(
                $"the name of the object ({call.Target.Name} based on URL) was undeterminable: name must be provided");
        }

        return (manifest["metadata"] as JsonObject)?["managedFields"] is JsonArray { Count: > 0 }
            ? ApiStatus.BadRequest("metadata.managedFields must be nil")
            : null;
    }

    private static ApiStatus Conflict(ImmutableArray<(FieldOwner Manager, FieldTree Fields)> found)
    {
        var each = found.SelectMany(one => one.Fields.Paths().Select(path => (one.Manager, Path: path))).ToList();
        var text = each.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {each[0].Manager.Shown}: {each[0].Path}"
            : $"Apply failed with {each.Count} conflicts: " + string.Join('\n', found.Select(one =>
            {
                var paths = one.Fields.Paths().ToList();
                return paths.Count == 1
                    ? $"conflict with {one.Manager.Shown}: {paths[0]}"
                    : $"conflicts with {one.Manager.Shown}:\n" + string.Join('\n', paths.Select(path => "- " + path));
            }));
        return new ApiStatus(409, "Conflict", text, new JsonObject
        {
            ["causes"] = new JsonArray([.. each.Select(one => new JsonObject
            {
                ["reason"] = "FieldManagerConflict",
                ["message"] = $"conflict with {one.Manager.Shown}",
                ["field"] = one.Path,
            })]),
        });
    }

    private static string Named(ApiCall call) =>
        call.Key.Namespace is { } ns ? $"{ns}/{call.Key.Name}" : call.Key.Name;
}
