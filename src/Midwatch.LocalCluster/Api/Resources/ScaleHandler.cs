using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Patching;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>The scale subresource: a workload seen as nothing but a number of replicas.</summary>
internal sealed class ScaleHandler(ApiServerOptions options, ObjectWriter writer)
{
    public async Task<ApiAnswer> AnswerAsync(ApiCall call)
    {
        if (call.Method is not ("GET" or "PUT" or "PATCH"))
        {
            return ApiAnswer.Refuse(ApiStatus.MethodNotAllowed());
        }

        if (options.Store.Get(call.Key) is not { } current)
        {
            return ApiAnswer.Refuse(ApiStatus.NotFound(call.Kind, call.Target.Name));
        }

        if (call.Method == "GET")
        {
            return ApiAnswer.Json(Scale(current));
        }

        var text = await RequestBody.ReadTextAsync(call.Http.Request, call.Stop);
        var body = RequestBody.Parse(text, isYaml: false, out var error);
        if (body is null)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(error));
        }

        var scale = call.Method == "PUT" ? body : Patched(call, Scale(current), body);
        return scale is JsonObject wanted ? Write(call, current, wanted)
            : ApiAnswer.Refuse(ApiStatus.UnprocessablePatch());
    }

    private static JsonNode? Patched(ApiCall call, JsonObject scale, JsonNode patch) =>
        RequestBody.MediaType(call.Http.Request) == "application/json-patch+json"
            ? (JsonPatch.Apply(scale, patch) as PatchResult.Patched)?.Body
            : patch is JsonObject changes ? MergePatch.Apply(scale, changes) : null;

    private ApiAnswer Write(ApiCall call, StoredObject current, JsonObject scale)
    {
        if (scale["spec"]?["replicas"] is not JsonValue value || !value.TryGetValue<long>(out var replicas))
        {
            replicas = 0;
        }

        if (replicas < 0)
        {
            return ApiAnswer.Refuse(ApiStatus.Invalid(
                "autoscaling",
                "Scale",
                current.Key.Name,
                [FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0")]));
        }

        var proposed = current.Clone();
        proposed["spec"]!["replicas"] = replicas;
        ObjectMetadata.Of(proposed)["resourceVersion"] = ObjectMetadata.Text(scale, "resourceVersion")
            ?? current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        var answer = writer.Replace(call, current, proposed, []);
        return answer is ApiAnswer.Document { Body: var written } && options.Store.Get(call.Key) is { } now
            ? ApiAnswer.Json(call.IsDryRun ? ScaleOf(written, now.Key) : Scale(now))
            : answer;
    }

    private static JsonObject Scale(StoredObject workload) => ScaleOf(workload.Body, workload.Key);

    private static JsonObject ScaleOf(JsonObject body, ObjectKey key)
    {
        var metadata = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace };
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp"])
        {
            metadata[field] = body["metadata"]?[field]?.DeepClone();
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = body["spec"]?["replicas"] is JsonValue wanted && wanted.ToJsonString() != "0"
                ? new JsonObject { ["replicas"] = wanted.DeepClone() } : new JsonObject(),
            ["status"] = new JsonObject
            {
                ["replicas"] = body["status"]?["replicas"]?.DeepClone() ?? 0,
                ["selector"] = LabelSelector.FromObject(body["spec"]?["selector"])?.ToString() ?? "",
            },
        };
    }
}
