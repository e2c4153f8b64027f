using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Brings one kind of object to where its spec says it should be.</summary>
internal interface IController
{
    /// <summary>How events name it, as "deployment-controller".</summary>
    string Name { get; }

    /// <summary>The objects to look at again because of a change anywhere in the cluster.</summary>
    IEnumerable<ObjectKey> Affected(StoreEvent change);

    /// <summary>Looks at one object (which may be gone) and does the next step for it.</summary>
    /// <returns>When to look again although nothing changed; null when only a change is a reason.</returns>
    TimeSpan? Reconcile(ObjectKey key);
}
