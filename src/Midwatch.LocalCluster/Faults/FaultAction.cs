namespace Midwatch.LocalCluster.Faults;

/// <summary>
/// One generic way to break something. Each that changes anything has an inverse that its lease remembers.
/// </summary>
public abstract record FaultAction
{
    private FaultAction()
    {
    }

    /// <summary>What a person is told while it happens.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// Gives a container of a workload another image, as a deploy pipeline would. Inverse: the image before.
    /// </summary>
    /// <param name="Workload">As "deployment/web".</param>
    public sealed record SetImage(string Workload, string Container, string Image) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"set the image of {Container} in {Workload} to {Image}";
    }

    /// <summary>Scales a workload. Inverse: the number of replicas before.</summary>
    /// <param name="Workload">As "deployment/web".</param>
    public sealed record Scale(string Workload, int Replicas) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"scale {Workload} to {Replicas}";
    }

    /// <summary>Stops the processes of a container without ending them (SIGSTOP). Inverse: SIGCONT.</summary>
    /// <param name="Selector">Labels of the pods, as "app=cache".</param>
    public sealed record Freeze(string Selector, string Container) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"freeze container {Container} of pods {Selector}";
    }

    /// <summary>
    /// Runs a script by sh in a container, as somebody with a shell there would. Inverse: another script, run in a pod
    /// that is there by then.
    /// </summary>
    /// <param name="Selector">Labels of the pods, as "app=cache"; the first that runs is taken.</param>
    public sealed record Run(string Selector, string Container, string Script, string Undo) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"run a script in container {Container} of a pod {Selector}";
    }

    /// <summary>Deletes one object. Inverse: it is created again as it was.</summary>
    /// <param name="Kind">As "Secret".</param>
    public sealed record DeleteObject(string Kind, string Name) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"delete {Kind} {Name}";
    }

    /// <summary>Changes fields of an object. Inverse: the fields as they were.</summary>
    /// <param name="Kind">As "ConfigMap".</param>
    /// <param name="Merge">A JSON merge patch (RFC 7396).</param>
    public sealed record Patch(string Kind, string Name, string Merge) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"change {Kind} {Name}";
    }

    /// <summary>Makes an object. Inverse: it is deleted.</summary>
    /// <param name="Version">As "batch/v1".</param>
    /// <param name="Body">The object as JSON, without its namespace.</param>
    public sealed record Create(string Version, string Kind, string Body) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"create a {Kind}";
    }

    /// <summary>Does what a standard fault does. Inverse: that of each of its actions.</summary>
    /// <param name="Id">Of <see cref="Standard.StandardFault"/>.</param>
    /// <param name="Target">As "deployment/web".</param>
    public sealed record OfStandard(string Id, string Target) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"inject {Id} into {Target}";
    }

    /// <summary>Lets something go wrong on the nodes. Inverse: the rule ends.</summary>
    /// <param name="Kind">crash, grow, burn, fill, silence, evict, refuse, slow, cut or fail.</param>
    /// <param name="Subject">Labels of pods, a node's name or a service's.</param>
    /// <param name="Container">Empty where it does not matter.</param>
    /// <param name="Amount">Bytes, programs, milliseconds or percent.</param>
    /// <param name="Said">What a person is told.</param>
    public sealed record Rule(string Kind, string Subject, string Container, long Amount, string Said) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => Said;
    }

    /// <summary>Deletes the pods that match, for their workload to replace. Needs no inverse.</summary>
    public sealed record DeletePods(string Selector) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"delete the pods {Selector}";
    }

    /// <summary>Waits until a rollout has replaced every pod of a workload.</summary>
    public sealed record WaitForRollout(string Workload, TimeSpan Within) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"wait until {Workload} is rolled out";
    }

    /// <summary>Waits until no pod that matches is ready, and there is at least one.</summary>
    public sealed record WaitForUnready(string Selector, TimeSpan Within) : FaultAction
    {
        /// <inheritdoc/>
        public override string Description => $"wait until no pod {Selector} is ready";
    }
}
