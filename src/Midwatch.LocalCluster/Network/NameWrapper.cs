using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Midwatch.LocalCluster.Network;

/// <summary>
/// Debian's libnss-wrapper: preloaded into a program, it answers getaddrinfo from a hosts file of our own, without
/// root.
/// </summary>
internal static class NameWrapper
{
    public const string Package = "libnss-wrapper";
    private const string File = "libnss_wrapper.so";

    /// <summary>The library, or null when it is not installed.</summary>
    public static string? Find() =>
        ImmutableArray.Create($"/usr/lib/{Triplet}/{File}", $"/usr/lib64/{File}", $"/usr/lib/{File}",
            $"/usr/local/lib/{File}")
            .FirstOrDefault(System.IO.File.Exists);

    /// <summary>What a program needs in its environment to resolve by the hosts file.</summary>
    public static ImmutableDictionary<string, string> Variables(string library, string hostsFile) =>
        ImmutableDictionary<string, string>.Empty.Add("LD_PRELOAD", library).Add("NSS_WRAPPER_HOSTS", hostsFile);

    private static string Triplet => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => "aarch64-linux-gnu",
        Architecture.X64 => "x86_64-linux-gnu",
        var other => $"{other}-linux-gnu",
    };
}
