using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>Why a program did not start, in the words of runc.</summary>
internal static class StartRefusal
{
    /// <param name="where">What runc was doing, or null to leave it out.</param>
    public static string Describe(string? where, string program, StartResult result)
    {
        var reason = result switch
        {
            StartResult.NotExecutable { Message: var message } => $"{char.ToLowerInvariant(message[0])}{message[1..]}",
            StartResult.Failed failed => failed.Message,
            _ when program.Contains('/', StringComparison.Ordinal) => $"stat {program}: no such file or directory",
            _ => "executable file not found in $PATH",
        };
        var place = where is null ? "" : $"{where}: ";
        return $"unable to start container process: {place}exec: \"{program}\": {reason}: unknown";
    }
}
