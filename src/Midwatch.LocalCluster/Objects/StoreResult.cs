namespace Midwatch.LocalCluster.Objects;

/// <summary>What became of a write. Expected refusals are values, not exceptions.</summary>
internal abstract record StoreResult
{
    private StoreResult()
    {
    }

    /// <summary>
    /// Written, or already as asked. A delete that waits for a grace period or a finalizer ends here too.
    /// </summary>
    internal sealed record Done(StoredObject Object) : StoreResult;

    /// <summary>The object is gone; this is its last state.</summary>
    internal sealed record Removed(StoredObject Object) : StoreResult;

    /// <summary>An object of this name is there already.</summary>
    internal sealed record AlreadyExists(ObjectKey Key) : StoreResult;

    /// <summary>There is no object of this name.</summary>
    internal sealed record NotFound(ObjectKey Key) : StoreResult;

    /// <summary>Somebody else wrote in between, or a precondition does not hold.</summary>
    /// <param name="Reason">A sentence in the API server's own words.</param>
    internal sealed record Conflict(ObjectKey Key, string Reason) : StoreResult;

    /// <summary>The object that was written or removed, or null when nothing was.</summary>
    public StoredObject? Written => this switch
    {
        Done done => done.Object,
        Removed removed => removed.Object,
        _ => null,
    };
}
