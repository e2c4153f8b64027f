using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>What it takes to start a program.</summary>
/// <param name="Path">Absolute path of the executable, from <see cref="IProgramHost.Resolve"/>.</param>
/// <param name="Arguments">The whole vector; the first is the name as written.</param>
/// <param name="Environment">All of it: the host adds nothing that the program would see as its own setting.</param>
/// <param name="WorkingDirectory">Absolute.</param>
public sealed record ProgramRequest(
    string Path,
    ImmutableArray<string> Arguments,
    ImmutableSortedDictionary<string, string> Environment,
    string WorkingDirectory,
    SafeFileHandle Input,
    SafeFileHandle Output,
    SafeFileHandle Error)
{
    /// <summary>
    /// Gets the open descriptors beside the three, by the number that the program shall see; they stay the caller's.
    /// </summary>
    public ImmutableSortedDictionary<int, SafeFileHandle> Others { get; init; } =
        ImmutableSortedDictionary<int, SafeFileHandle>.Empty;
}
