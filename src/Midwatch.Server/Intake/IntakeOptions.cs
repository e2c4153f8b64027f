using System.Net;

namespace Midwatch.Server.Intake;

/// <summary>How the intake listens. It listens on loopback only.</summary>
public sealed record IntakeOptions
{
    /// <summary>
    /// The loopback address: another one than 127.0.0.1 where whoever sends has a localhost of its own.
    /// </summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 lets the system choose a free one.</summary>
    public int Port { get; init; }

    /// <summary>The longest body that is read, in bytes; a longer one is answered with 413.</summary>
    public int BodyBytesMost { get; init; } = 8 * 1024 * 1024;

    /// <summary>The clock by which an alert counts as resolved.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The version that <c>GET /api/v2/status</c> tells.</summary>
    public required string Version { get; init; }
}
