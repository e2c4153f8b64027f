using Midwatch.LocalCluster.Kubelet.Containers;

namespace Midwatch.LocalCluster.Kubelet.Logs;

/// <summary>Finds the log that a request means, or says in the kubelet's words why there is none.</summary>
internal static class PodLogs
{
    public static async Task<LogResult> ReadAsync(
        IEnumerable<ContainerRecord> containers, PodLogRequest request, Stream output, CancellationToken ct)
    {
        var record = containers.FirstOrDefault(one => one.Name == request.Container);
        if (record is null)
        {
            return new LogResult.Unavailable($"container {request.Container} is not valid for pod {request.Pod}");
        }

        // While a container waits for its restart, the instance that ended last is both the present and the previous
        // one.
        var isWaiting = record.State is ContainerState.Waiting;
        var instance = request.Previous && !isWaiting ? record.Previous : record.Current;
        if (instance is null)
        {
            return new LogResult.Unavailable(request.Previous
                ? $"previous terminated container \"{record.Name}\" in pod \"{request.Pod}\" not found"
                : $"container \"{record.Name}\" in pod \"{request.Pod}\" is waiting to start: {Reason(record)}");
        }

        await new LogReader(instance.Log, request, output).WriteAsync(ct);
        return new LogResult.Written();
    }

    private static string Reason(ContainerRecord record) => record.State switch
    {
        ContainerState.Waiting { Reason: "ErrImagePull" } => "image can't be pulled",
        ContainerState.Waiting { Reason: "ImagePullBackOff" } => "trying and failing to pull image",
        ContainerState.Waiting waiting => waiting.Reason,
        _ => "ContainerCreating",
    };
}
