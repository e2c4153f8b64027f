using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>Answers pods/NAME/log.</summary>
internal sealed class LogHandler(ApiServerOptions options)
{
    public async Task<ApiAnswer> AnswerAsync(ApiCall call, StoredObject pod)
    {
        if (PodContainers.Choose(pod, call.Query("container"), out var container) is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        if (!TryReadOptions(call, pod, container, out var request, out var errors))
        {
            return ApiAnswer.Refuse(ApiStatus.Invalid("", "PodLogOptions", pod.Key.Name, [errors!]));
        }

        // Nobody has the pod yet, so there is nothing to read and nobody to ask.
        if (FieldPath.Text(pod.Body, ".spec.nodeName").Length == 0)
        {
            return new ApiAnswer.Text(ReadOnlyMemory<byte>.Empty, "text/plain");
        }

        var node = options.Store.Get(new ObjectKey("", "nodes", null, FieldPath.Text(pod.Body, ".spec.nodeName")));
        if (node is not null && !FieldPath.Items(node.Body, ".status.addresses").Any())
        {
            return ApiAnswer.Refuse(
                new ApiStatus(500, "", "no preferred addresses found; known addresses: []", null));
        }

        call.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using var output = new LogStream(call.Http.Response);
        var result = await options.Node.ReadLogAsync(request, output, call.Stop);
        if (result is LogResult.Unavailable unavailable && !call.Http.Response.HasStarted)
        {
            call.Http.Response.ContentType = null;
            return ApiAnswer.Refuse(ApiStatus.BadRequest(unavailable.Message));
        }

        await output.FlushAsync(call.Stop);
        if (!call.Http.Response.HasStarted)
        {
            return new ApiAnswer.Text(ReadOnlyMemory<byte>.Empty, "text/plain");
        }

        return new ApiAnswer.Streamed();
    }

    private bool TryReadOptions(
        ApiCall call, StoredObject pod, string container, out PodLogRequest request, out FieldError? error)
    {
        error = null;
        var tail = Number(call, "tailLines");
        var bytes = Number(call, "limitBytes");
        var seconds = Number(call, "sinceSeconds");
        var since = KubernetesTime.Parse(call.Query("sinceTime"));
        if (tail < 0)
        {
            error = FieldError.Invalid("tailLines", tail, "must be greater than or equal to 0");
        }
        else if (bytes < 1)
        {
            error = FieldError.Invalid("limitBytes", bytes, "must be greater than 0");
        }
        else if (seconds < 1)
        {
            error = FieldError.Invalid("sinceSeconds", seconds, "must be greater than 0");
        }
        else if (seconds is not null && since is not null)
        {
            error =
                FieldError.Forbidden("sinceSeconds", "at most one of `sinceTime` or `sinceSeconds` may be specified");
        }

        request = new PodLogRequest(
            pod.Key.Namespace!,
            pod.Key.Name,
            container,
            Flag(call, "follow"),
            Flag(call, "previous"),
            tail,
            seconds is { } ago ? options.Time.GetUtcNow().AddSeconds(-ago) : since,
            Flag(call, "timestamps"),
            bytes);
        return error is null;
    }

    private static bool Flag(ApiCall call, string name) => call.Query(name) is "true" or "1";

    private static long? Number(ApiCall call, string name) =>
        long.TryParse(call.Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
