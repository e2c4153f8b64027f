using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Patching;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Patches objects, trying again when somebody else wrote in between.</summary>
internal sealed class ObjectPatcher(ApiServerOptions options, ObjectWriter writer)
{
    private const string Strategic = "application/strategic-merge-patch+json";

    // As k8s.io/apiserver: after five lost races the client gets the conflict.
    private const int TriesMax = 5;

    private readonly ServerSideApply _apply = new(options, writer);
    private readonly StrategicMergePatch _strategic = new(SchemaCatalog.Embedded);
    private readonly ObjectDecoder _decoder = new(SchemaCatalog.Embedded);

    public async Task<ApiAnswer> PatchAsync(ApiCall call)
    {
        if (ObjectWriter.WrongDryRun(call, "PatchOptions") is { } wrong)
        {
            return ApiAnswer.Refuse(wrong);
        }

        var mediaType = RequestBody.MediaType(call.Http.Request);
        if (mediaType == ServerSideApply.MediaType)
        {
            return await _apply.ApplyAsync(call);
        }

        if (mediaType is not (Strategic or "application/merge-patch+json" or "application/json-patch+json"))
        {
            return ApiAnswer.Refuse(ApiStatus.UnsupportedPatch());
        }

        if (call.Kind.Custom is not null && mediaType == Strategic)
        {
            return ApiAnswer.Refuse(ApiStatus.UnsupportedPatch(
                "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"));
        }

        var text = await RequestBody.ReadTextAsync(call.Http.Request, call.Stop);
        var patch = RequestBody.Parse(text, isYaml: false, out var error);
        if (patch is null)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(error));
        }

        for (var turn = 1; ; turn++)
        {
            if (options.Store.Get(call.Key) is not { } current)
            {
                return ApiAnswer.Refuse(ApiStatus.NotFound(call.Kind, call.Target.Name));
            }

            var answer = PatchOnce(call, call.Kind.Served(current), patch, mediaType);
            var lostRace = answer is ApiAnswer.Refused { Status.Code: 409 } && !NamesVersion(patch);
            if (!lostRace || turn == TriesMax)
            {
                return answer;
            }
        }
    }

    private ApiAnswer PatchOnce(ApiCall call, StoredObject current, JsonNode patch, string mediaType)
    {
        switch (Apply(call, current, patch, mediaType))
        {
            case PatchResult.Malformed malformed:
                return ApiAnswer.Refuse(ApiStatus.BadRequest(malformed.Message));
            case PatchResult.DoesNotApply:
                return ApiAnswer.Refuse(ApiStatus.UnprocessablePatch());
            case PatchResult.Failed failed:
                return ApiAnswer.Refuse(new ApiStatus(500, "", failed.Message, null));
            case PatchResult.Patched { Body: JsonObject body }:
                return Write(call, current, body, patch, mediaType);
            default:
                return ApiAnswer.Refuse(ApiStatus.UnprocessablePatch());
        }
    }

    private PatchResult Apply(ApiCall call, StoredObject current, JsonNode patch, string mediaType)
    {
        if (mediaType == "application/json-patch+json")
        {
            return JsonPatch.Apply(current.Body, patch);
        }

        if (patch is not JsonObject changes)
        {
            return new PatchResult.Malformed(
                $"json: cannot unmarshal {(patch is JsonArray ? "array" : "value")} into Go value of type "
                + "map[string]interface {}");
        }

        return mediaType == Strategic
            ? _strategic.Apply(current.Body, changes, call.Kind.Type)
            : new PatchResult.Patched(MergePatch.Apply(current.Body, changes));
    }

    private ApiAnswer Write(ApiCall call, StoredObject current, JsonObject body, JsonNode patch, string mediaType)
    {
        var decoded = _decoder.Decode(body, call.Kind);
        var directive = call.Query("fieldValidation");
        ImmutableArray<string> unknown = [.. decoded.UnknownFields.Order(StringComparer.Ordinal)
            .Select(field => $"unknown field \"{field}\"")];
        var fault = decoded.Error is { } error
            ? mediaType == Strategic ? error.Conversion : error.Json
            : directive == "Strict" && !unknown.IsEmpty
                ? $"strict decoding error: {string.Join(", ", unknown)}"
                : null;
        if (fault is not null)
        {
            // The whole patch is shown, as Go prints it.
            return ApiAnswer.Refuse(
                ApiStatus.Invalid(
                    "", "", "", [FieldError.Invalid("patch", GoFormat.Value(Shown(patch, mediaType)), fault)]));
        }

        ImmutableArray<string> warnings = directive == "Ignore" ? [] : unknown;
        if (!NamesVersion(patch))
        {
            // Not the client's precondition but ours: the version that the patch was computed on.
            ObjectMetadata.Of(decoded.Body)["resourceVersion"] = ObjectMetadata.Text(current.Body, "resourceVersion");
        }

        return writer.Replace(call, current, decoded.Body, warnings);
    }

    // What a strategic patch says of lists is used up by merging them.
    private static JsonNode Shown(JsonNode patch, string mediaType)
    {
        var shown = patch.DeepClone();
        if (mediaType == Strategic)
        {
            Strip(shown);
        }

        return shown;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is not JsonObject map)
        {
            return;
        }

        foreach (var name in map.Select(one => one.Key).Where(name => name.StartsWith('$')).ToList())
        {
            _ = map.Remove(name);
            _ = map.Remove(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        }

        foreach (var (_, below) in map)
        {
            Strip(below);
        }
    }

    private static bool NamesVersion(JsonNode patch) =>
        patch is JsonObject body && body["metadata"]?["resourceVersion"] is not null;
}
