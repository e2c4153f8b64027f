namespace Midwatch.LocalCluster.Objects;

/// <summary>What happened to an object, in the words of the watch protocol.</summary>
internal enum StoreEventType
{
    Added,
    Modified,
    Deleted,
}
