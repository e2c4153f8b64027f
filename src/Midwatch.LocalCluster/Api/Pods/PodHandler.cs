using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Pods.Remote;
using Midwatch.LocalCluster.Api.Resources;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Policies;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>
/// Answers the subresources that are more than a part of the stored object: log, exec, attach,
/// portforward, binding, eviction, token.
/// </summary>
internal sealed class PodHandler(ApiServerOptions options)
{
    private readonly LogHandler _logs = new(options);
    private readonly PortForwardHandler _forwards = new(options);
    private readonly RemoteHandler _remote = new(options);
    private readonly EvictionHandler _evictions = new(options);

    public static bool Serves(ApiCall call) => (call.Kind.Plural, call.Target.Subresource)
        is ("pods", "log" or "portforward" or "exec" or "attach" or "binding" or "eviction")
        or ("serviceaccounts", "token");

    public async Task<ApiAnswer> AnswerAsync(ApiCall call)
    {
        if (options.Store.Get(call.Key) is not { } target)
        {
            return ApiAnswer.Refuse(ApiStatus.NotFound(call.Kind, call.Target.Name));
        }

        return (call.Target.Subresource, call.Method) switch
        {
            ("log", "GET") => await _logs.AnswerAsync(call, target),
            ("portforward", "GET" or "POST") => await _forwards.AnswerAsync(call, target),
            ("exec" or "attach", "GET" or "POST") => await _remote.AnswerAsync(call, target),
            ("eviction", "POST") => await _evictions.AnswerAsync(call, target),
            ("binding", "POST") => await BindAsync(call, target),
            ("token", "POST") => await IssueTokenAsync(call, target),
            _ => ApiAnswer.Refuse(ApiStatus.MethodNotAllowed()),
        };
    }

    private async Task<ApiAnswer> BindAsync(ApiCall call, StoredObject pod)
    {
        var text = await RequestBody.ReadTextAsync(call.Http.Request, call.Stop);
        if (RequestBody.Parse(text, isYaml: false, out var error) is not JsonObject binding)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(error));
        }

        if (pod.Body["spec"]?["nodeName"]?.GetValue<string>() is { Length: > 0 } present)
        {
            return ApiAnswer.Refuse(new ApiStatus(
                409,
                "Conflict",
                $"Operation cannot be fulfilled on pods/binding \"{pod.Key.Name}\": "
                    + $"pod {pod.Key.Name} is already assigned to node \"{present}\"",
                ApiStatus.About("", "pods/binding", pod.Key.Name)));
        }

        var node = binding["target"]?["name"]?.GetValue<string>() ?? "";
        var now = KubernetesTime.Format(options.Time.GetUtcNow());
        var labels = TopologyLabels.Of(options.Store.Get(new ObjectKey("", "nodes", null, node)));
        var result = options.Store.Mutate(pod.Key, body =>
        {
            body["spec"]!["nodeName"] = node;
            TopologyLabels.Give(body, labels);
            body["status"] ??= new JsonObject();
            body["status"]!["conditions"] ??= new JsonArray();
            body["status"]!["conditions"]!.AsArray().Add((JsonNode)new JsonObject
            {
                ["type"] = "PodScheduled",
                ["status"] = "True",
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = now,
            });
        });
        return ApiStatus.FromStore(call.Kind, result) is { } refusal
            ? ApiAnswer.Refuse(refusal)
            : ApiAnswer.Json(Success(), 201);
    }

    private async Task<ApiAnswer> IssueTokenAsync(ApiCall call, StoredObject account)
    {
        var read = await RequestBody.ReadAnyAsync(call.Http, call.Stop);
        return read.Refusal is { } refusal
            ? ApiAnswer.Refuse(refusal)
            : TokenRequests.Answer(options, account, read.Object);
    }

    internal static JsonObject Success() =>
        new()
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["code"] = 201,
        };
}
