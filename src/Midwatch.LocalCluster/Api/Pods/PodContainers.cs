using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>Finds the container that a request about a pod means.</summary>
internal static class PodContainers
{
    /// <summary>The container, named or the only one; otherwise a refusal in the API server's words.</summary>
    public static ApiStatus? Choose(StoredObject pod, string named, out string container)
    {
        container = named;
        var main = Names(pod, "containers");
        var initial = Names(pod, "initContainers");
        if (named.Length > 0)
        {
            return main.Contains(named) || initial.Contains(named)
                || Names(pod, "ephemeralContainers").Contains(named)
                ? null
                : ApiStatus.BadRequest($"container {named} is not valid for pod {pod.Key.Name}");
        }

        if (main.Count == 1)
        {
            container = main[0];
            return null;
        }

        var init = initial.Count == 0 ? "" : $" or one of the init containers: [{string.Join(' ', initial)}]";
        return ApiStatus.BadRequest(
            $"a container name must be specified for pod {pod.Key.Name}, "
                + $"choose one of: [{string.Join(' ', main)}]{init}");
    }

    private static List<string> Names(StoredObject pod, string field) =>
        [.. FieldPath.Items(pod.Body, $".spec.{field}").Select(one => FieldPath.Text(one, "name"))];
}
