using System.Collections.Immutable;

namespace Midwatch.Processes.Places;

/// <summary>
/// A file system of a program's own: this machine's, with a layer over it that takes what the program writes, and with
/// mounts of its own. It is gone with the last program in it, also after a crash of ours. Root only; see
/// <see cref="PlaceSupport"/>.
/// </summary>
public sealed record ProgramPlace
{
    /// <summary>An existing empty folder, below which the place is put together; never seen outside it.</summary>
    public required string Root { get; init; }

    /// <summary>An existing folder for what the program writes beside its mounts; it outlives the program.</summary>
    public required string Layer { get; init; }

    /// <summary>An existing empty folder on the same disk as <see cref="Layer"/>, for the kernel's use.</summary>
    public required string Work { get; init; }

    /// <summary>What is mounted, in this order.</summary>
    public ImmutableArray<PlaceMount> Mounts { get; init; } = [];

    /// <summary>
    /// A program that runs in this place already, and whose mounts the new one shares; null makes them.
    /// </summary>
    public int? BesideProcess { get; init; }
}
