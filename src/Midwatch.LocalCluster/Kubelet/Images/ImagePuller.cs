using System.Globalization;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Pods;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>
/// Gets a container's image, with the events, statuses and back-off of a kubelet, until it has it or the pod ends.
/// </summary>
internal sealed class ImagePuller(PodContext pod, ContainerRecord record)
{
    // The kubelet shows ErrImagePull until its next look at the pod, which the changed status brings about.
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(1);

    private readonly Backoff _backoff = new(pod.Options.Time);

    public async Task<Image> GetAsync(CancellationToken ct)
    {
        var policy = record.Spec.Text("imagePullPolicy")
            ?? (ImageReference.Parse(record.Image)?.Tag == "latest" ? "Always" : "IfNotPresent");
        if (policy != "Always" && pod.Images.Find(record.Image) is { } present)
        {
            pod.Record("Normal", "Pulled", $"Container image \"{record.Image}\" already present on machine", record);
            return present;
        }

        while (true)
        {
            if (policy == "Never")
            {
                await RefuseAsync(
                    "ErrImageNeverPull",
                    $"Container image \"{record.Image}\" is not present with pull policy of Never",
                    ct);
                continue;
            }

            switch (Pull())
            {
                case PullResult.Pulled pulled:
                    return pulled.Image;
                case PullResult.Failed failed:
                    await FailAsync(failed.Message, ct);
                    break;
                case PullResult.Invalid invalid:
                    await RefuseAsync("InvalidImageName", invalid.Message, ct);
                    break;
            }
        }
    }

    private PullResult Pull()
    {
        var started = pod.Options.Time.GetTimestamp();
        var secrets = PullSecrets.Of(pod.Pod.Body, pod.Options.Store);
        if (secrets.Missing.Length > 0)
        {
            pod.Record(
                "Warning",
                "FailedToRetrieveImagePullSecret",
                $"Unable to retrieve some image pull secrets ({string.Join(", ", secrets.Missing)}); "
                + "attempting to pull the image may not succeed.");
        }

        if (ImageReference.Parse(record.Image) is not null)
        {
            pod.Record("Normal", "Pulling", $"Pulling image \"{record.Image}\"", record);
        }

        var result = pod.Images.Pull(record.Image, secrets.Credentials);
        if (result is PullResult.Pulled pulled)
        {
            var took = Duration(pod.Options.Time.GetElapsedTime(started));
            pod.Record(
                "Normal",
                "Pulled",
                $"Successfully pulled image \"{record.Image}\" in {took} ({took} including waiting). "
                + $"Image size: {pulled.Image.Bytes} bytes.",
                record);
        }

        return result;
    }

    private async Task FailAsync(string message, CancellationToken ct)
    {
        var time = pod.Options.Time;
        var failedAt = time.GetUtcNow();
        _backoff.Next(failedAt);
        pod.Record("Warning", "Failed", $"Failed to pull image \"{record.Image}\": {message}", record);
        pod.Record("Warning", "Failed", "Error: ErrImagePull", record);
        record.Wait("ErrImagePull", message);
        pod.Publish();
        await Task.Delay(NextLook, time, ct);

        pod.Record("Normal", "BackOff", $"Back-off pulling image \"{record.Image}\"", record);
        pod.Record("Warning", "Failed", "Error: ImagePullBackOff", record);
        record.Wait("ImagePullBackOff", $"Back-off pulling image \"{record.Image}\": ErrImagePull: {message}");
        pod.Publish();
        await Task.Delay(_backoff.Remaining(failedAt), time, ct);
    }

    // Nothing will change by itself, but the pod is looked at again and again.
    private async Task RefuseAsync(string reason, string message, CancellationToken ct)
    {
        pod.Record("Warning", reason == "InvalidImageName" ? "InspectFailed" : reason, message, record);
        pod.Record("Warning", "Failed", $"Error: {reason}", record);
        record.Wait(reason, message);
        pod.Publish();
        await Task.Delay(ContainerRunner.SyncPeriod, pod.Options.Time, ct);
    }

    private static string Duration(TimeSpan took) => took < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)took.TotalMilliseconds)}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.###}s");
}
