namespace Midwatch.Processes.Places;

/// <summary>A folder or file of this machine at a path of the place.</summary>
/// <param name="Source">Absolute, existing; with <paramref name="IsDisk"/> a file that holds an ext4 file
/// system.</param>
/// <param name="Target">Absolute, within the place; made when it is not there.</param>
/// <param name="IsReadOnly">The program cannot write there.</param>
/// <param name="IsDisk">The source is a disk of its own: what does not fit is refused.</param>
public sealed record PlaceMount(string Source, string Target, bool IsReadOnly = false, bool IsDisk = false)
{
    private const string Memory = "tmpfs";

    /// <summary>The source is memory: an empty folder that everybody may write to, gone with the place.</summary>
    internal bool IsMemory => Source == Memory;

    /// <summary>An empty folder in memory.</summary>
    /// <param name="target">Absolute, within the place; made when it is not there.</param>
    public static PlaceMount InMemory(string target) => new(Memory, target);

    /// <summary>Who shall own the mounted folder itself; null leaves it.</summary>
    public ProgramUser? Owner { get; init; }
}
