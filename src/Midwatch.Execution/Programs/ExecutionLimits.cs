using Midwatch.Processes;

namespace Midwatch.Execution.Programs;

/// <summary>How long a command may take and how much of its output is kept.</summary>
public sealed record ExecutionLimits
{
    /// <summary>Gets the limits of DESIGN.md section 4.</summary>
    public static ExecutionLimits Default { get; } = new();

    /// <summary>Gets how long a command may take. The default is 60 s.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long a command may take whose purpose is to wait. The default is 5 min.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long a follower (<c>-f</c>, <c>-w</c>) is followed. The default is 10 s.</summary>
    public TimeSpan Following { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a port-forward may take until its port is open. The default is 5 s.</summary>
    public TimeSpan PortForward { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how large a file a program may write. The default is 1 GiB.</summary>
    public long FileBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Gets how many processes a program may become, with its descendants. The default is 256.</summary>
    public int Processes { get; init; } = 256;

    /// <summary>Gets how many bytes are kept of the beginning and as many of the end. The default is 1 MiB.</summary>
    public int OutputBytes { get; init; } = BoundedCapture.DefaultBytes;
}
