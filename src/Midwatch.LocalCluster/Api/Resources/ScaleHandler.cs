using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Patching;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

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

        var places = new ScalePlaces(call.Kind);
        if (call.Method == "GET")
        {
            return call.Form.IsTable ? ScaleTable.Answer(Scale(current, places), call.Form, options.Time)
                : ApiAnswer.Json(Scale(current, places));
        }

        var text = await RequestBody.ReadTextAsync(call.Http.Request, call.Stop);
        var body = RequestBody.Parse(text, isYaml: false, out var error);
        if (body is null)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(error));
        }

        var scale = call.Method == "PUT" ? body : Patched(call, Scale(current, places), body);
        return scale is JsonObject wanted ? Write(call, current, wanted, places)
            : ApiAnswer.Refuse(ApiStatus.UnprocessablePatch());
    }

    private static JsonNode? Patched(ApiCall call, JsonObject scale, JsonNode patch) =>
        RequestBody.MediaType(call.Http.Request) == "application/json-patch+json"
            ? (JsonPatch.Apply(scale, patch) as PatchResult.Patched)?.Body
            : patch is JsonObject changes ? MergePatch.Apply(scale, changes) : null;

    private ApiAnswer Write(ApiCall call, StoredObject current, JsonObject scale, ScalePlaces places)
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
        places.Set(proposed, replicas);
        ObjectMetadata.Of(proposed)["resourceVersion"] = ObjectMetadata.Text(scale, "resourceVersion")
            ?? current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        var answer = writer.Replace(call, current, proposed, []);
        return answer is ApiAnswer.Document { Body: var written } && options.Store.Get(call.Key) is { } now
            ? ApiAnswer.Json(call.IsDryRun ? ScaleOf(written, now.Key, places) : Scale(now, places))
            : answer;
    }

    private static JsonObject Scale(StoredObject workload, ScalePlaces places) =>
        ScaleOf(workload.Body, workload.Key, places);

    private static JsonObject ScaleOf(JsonObject body, ObjectKey key, ScalePlaces places)
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
            ["spec"] = places.Wanted(body) is JsonValue wanted && wanted.ToJsonString() != "0"
                ? new JsonObject { ["replicas"] = wanted.DeepClone() } : new JsonObject(),
            ["status"] = new JsonObject
            {
                ["replicas"] = places.Present(body)?.DeepClone() ?? 0,
                ["selector"] = places.Selector(body),
            },
        };
    }
}
