using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Faults.Standard;

/// <summary>Faults that come with a new version of a workload, as from a pipeline.</summary>
internal static class TemplateFaults
{
    public static ImmutableArray<FaultAction> BadRollout(FaultTarget target) =>
    [
        target.ChangeContainer(container =>
        {
            container["command"] = new JsonArray(
                "sh", "-c", "echo 'fatal: unable to initialise: unsupported schema version 7' >&2; exit 1");
            _ = container.Remove("args");
        }),
    ];

    public static ImmutableArray<FaultAction> BadTag(FaultTarget target) =>
    [
        target.ChangeContainer(container =>
        {
            var image = container.Text("image") ?? "";
            var colon = image.LastIndexOf(':');
            var hasTag = colon > image.LastIndexOf('/');
            container["image"] = hasTag ? image + "-hotfix2" : image + ":2.41.0-hotfix2";
            container["imagePullPolicy"] = "IfNotPresent";
        }),
    ];

    public static ImmutableArray<FaultAction> Unschedulable(FaultTarget target) =>
    [
        target.ChangeContainer(container =>
        {
            var resources = container.Need("resources");
            resources.Need("requests")["cpu"] = "640";
            if (resources.At("limits", "cpu") is not null)
            {
                resources.Need("limits")["cpu"] = "640";
            }
        }),
    ];

    public static (ImmutableArray<FaultAction> Actions, string? Problem) ProbeFailing(FaultTarget target)
    {
        if (target.Container["readinessProbe"] is not JsonObject)
        {
            return ([], $"container {target.ContainerName} of {target.Name} has no readiness probe that could fail");
        }

        return ([target.ChangeContainer(container =>
        {
            var probe = (JsonObject)container["readinessProbe"]!;
            if (probe["httpGet"] is JsonObject get)
            {
                get["path"] = (get.Text("path") ?? "/").TrimEnd('/') + "/ready/v2";
            }
            else if ((probe["tcpSocket"] ?? probe["grpc"]) is JsonObject socket)
            {
                socket["port"] = 9;
            }
            else
            {
                probe["exec"] = new JsonObject { ["command"] = new JsonArray("test", "-e", "/run/ready-v2") };
            }
        })], null);
    }

    public static ImmutableArray<FaultAction> VolumeUnbound(FaultTarget target)
    {
        var claim = target.Name + "-scratch";
        var volumes = target.PodSpec["volumes"]?.DeepClone() as JsonArray ?? [];
        volumes.Add((JsonNode)new JsonObject
        {
            ["name"] = "scratch",
            ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = claim },
        });
        return
        [
            new FaultAction.Create("v1", "PersistentVolumeClaim", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "PersistentVolumeClaim",
                ["metadata"] = new JsonObject { ["name"] = claim },
                ["spec"] = new JsonObject
                {
                    ["storageClassName"] = "fast-ssd",
                    ["accessModes"] = new JsonArray("ReadWriteOnce"),
                    ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = "10Gi" } },
                },
            }.ToJsonString()),
            target.ChangeTemplate(new JsonObject { ["volumes"] = volumes }),
        ];
    }
}
