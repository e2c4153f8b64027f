using System.Collections.Immutable;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>Starts the ephemeral containers of a pod (<c>kubectl debug</c>) once the others run, each once.</summary>
internal sealed class EphemeralContainers
{
    private readonly Lock _lock = new();
    private readonly List<Task> _running = [];
    private Func<ContainerRecord, Task>? _run;
    private Func<StoredObject>? _pod;

    /// <summary>Those that were started, in order.</summary>
    public ImmutableArray<ContainerRecord> Records { get; private set; } = [];

    /// <summary>The pod's containers start: from now on others may join.</summary>
    /// <param name="run">Runs one until it has ended.</param>
    /// <param name="pod">The pod's latest version.</param>
    public void Open(Func<ContainerRecord, Task> run, Func<StoredObject> pod)
    {
        lock (_lock)
        {
            (_run, _pod) = (run, pod);
        }

        Welcome();
    }

    /// <summary>Starts what a new version of the pod has and no earlier one had.</summary>
    public void Welcome()
    {
        lock (_lock)
        {
            if (_run is not { } run || _pod is not { } pod)
            {
                return;
            }

            foreach (var spec in pod().Body.Items("spec", "ephemeralContainers")
                .Where(spec => Records.All(known => known.Name != spec.Text("name"))).ToList())
            {
                var record = new ContainerRecord(pod, "ephemeralContainers", spec, new("ContainerCreating"));
                Records = Records.Add(record);
                _running.Add(Task.Run(() => run(record)));
            }
        }
    }

    /// <summary>Nobody joins any more; completes when all have ended.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _run = null;
            return Task.WhenAll(_running);
        }
    }
}
