using System.Collections.Immutable;
using System.Net;
using Microsoft.Win32.SafeHandles;
using Midwatch.Processes.Places;

namespace Midwatch.Processes;

/// <summary>
/// What to start. Everything the program sees is said here; nothing is inherited but the user and the limits.
/// </summary>
public sealed record ProgramSpec
{
    /// <summary>
    /// The program and its arguments, passed on as they are. Without a slash the first one is searched in the
    /// <c>PATH</c> of
    /// <see cref="Environment"/>, as a shell does; with one it is a path, relative to <see cref="WorkingDirectory"/>.
    /// </summary>
    public required ImmutableArray<string> Argv { get; init; }

    /// <summary>
    /// The complete environment. The starter adds its own two marks, by which it finds descendants again.
    /// </summary>
    public required ImmutableDictionary<string, string> Environment { get; init; }

    /// <summary>An existing directory, absolute.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>
    /// What the program reads; null is <c>/dev/null</c>. The caller keeps the handle and disposes it.
    /// </summary>
    public SafeFileHandle? StandardInput { get; init; }

    /// <summary>
    /// Where the program writes; null is <c>/dev/null</c>. The caller keeps the handle and disposes it.
    /// </summary>
    public SafeFileHandle? StandardOutput { get; init; }

    /// <summary>Where the program complains; null is <c>/dev/null</c>. May be the same handle as the output.</summary>
    public SafeFileHandle? StandardError { get; init; }

    /// <summary>
    /// What else the program finds open, by the number that it sees, from 3 on; nothing by default. The caller keeps
    /// the
    /// handles.
    /// </summary>
    public ImmutableSortedDictionary<int, SafeFileHandle> OtherDescriptors { get; init; } =
        ImmutableSortedDictionary<int, SafeFileHandle>.Empty;

    /// <summary>
    /// How large a file the program and its descendants may write, each; null for no limit. Past it the kernel ends the
    /// writer with <see cref="Signal.Xfsz"/>.
    /// </summary>
    public long? FileBytesMax { get; init; }

    /// <summary>
    /// How many processes the program may be, with all its descendants; null for no limit. When it is found to be more,
    /// all are ended, and <see cref="RunningProgram.HadTooManyProcesses"/> tells so.
    /// </summary>
    public int? ProcessesMax { get; init; }

    /// <summary>
    /// True makes the program the leader of its own session (no controlling terminal). Otherwise it only leads its own
    /// process group. Either way the group's id is the program's process id.
    /// </summary>
    public bool NewSession { get; init; }

    /// <summary>
    /// The program's own file system; null for this machine's. Then the paths above are those of the place, and the
    /// working directory is made when it is not there.
    /// </summary>
    public ProgramPlace? Place { get; init; }

    /// <summary>
    /// An IPv4 address of this machine that the program's 127.0.0.1, ::1 and "any address" stand for; null leaves them.
    /// </summary>
    public IPAddress? OwnAddress { get; init; }

    /// <summary>Whom it runs as; null for whom we run as. Root only.</summary>
    public ProgramUser? User { get; init; }
}
