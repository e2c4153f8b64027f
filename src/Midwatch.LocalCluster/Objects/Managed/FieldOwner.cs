namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>Who writes, as metadata.managedFields tells managers apart.</summary>
/// <param name="Operation">"Apply" or "Update".</param>
/// <param name="Subresource">"" for the object itself.</param>
internal sealed record FieldOwner(string Name, string Operation, string ApiVersion, string Subresource)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    /// <summary>As conflicts name it.</summary>
    public string Shown => $"\"{Name}\""
        + (Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "")
        + (Operation == Update ? $" using {ApiVersion}" : "");
}
