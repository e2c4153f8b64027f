using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api;
using Midwatch.LocalCluster.Api.Answers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// <c>POST /midwatch/v1/namespaces/NS/pods/POD/containers/CONTAINER/freeze|thaw</c>: stops a container's processes
/// where they are, or lets them go on. For faults; Kubernetes has nothing like it.
/// </summary>
internal sealed class FreezerEndpoint(NodesToCome nodes) : IApiExtension
{
    public ApiAnswer? Answer(string method, string path)
    {
        // "", midwatch, v1, namespaces, NS, pods, POD, containers, CONTAINER, verb
        var parts = path.Split('/');
        if (method != HttpMethod.Post.Method || parts is not
            ["", "midwatch", "v1", "namespaces", var ns, "pods", var pod, "containers",
                var container, "freeze" or "thaw"])
        {
            return null;
        }

        var reached = parts[^1] == "freeze"
            ? nodes.Present?.Freeze(ns, pod, container)
            : nodes.Present?.Thaw(ns, pod, container);
        return reached > 0
            ? ApiAnswer.Json(new JsonObject { ["processes"] = reached })
            : ApiAnswer.Json(
                new JsonObject { ["message"] = $"container {container} of pod {pod} in {ns} does not run" }, code: 404);
    }
}
