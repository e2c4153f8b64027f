namespace Midwatch.LocalCluster.Objects;

/// <summary>One change of the store.</summary>
/// <param name="Object">The object after the change; for a deletion its last state, at the deletion's revision.</param>
/// <param name="Previous">The version before the change; null when the object is new.</param>
internal sealed record StoreEvent(StoreEventType Type, StoredObject Object, StoredObject? Previous);
