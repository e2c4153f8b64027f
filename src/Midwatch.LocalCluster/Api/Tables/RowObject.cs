namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>How much of the object comes with a row (includeObject).</summary>
internal enum RowObject
{
    Metadata,
    Whole,
    None,
}
