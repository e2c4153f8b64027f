using Midwatch.Cli.Places;
using Midwatch.Cli.Prerequisites;

namespace Midwatch.Cli.Systems;

/// <summary>What must be on this machine before a system can come up on the local cluster.</summary>
internal static class SystemRequisites
{
    /// <summary>Looks for the host's programs and the published services that the system's images run.</summary>
    /// <returns>Null when all are there, else what is missing with the command that brings it.</returns>
    internal static string? Missing(SystemDescription system, Installation installation)
    {
        var packages = system.HostPrograms.Where(pair => SearchPath.Find(pair.Key) is null).ToArray();
        if (packages.Length > 0)
        {
            return $"system {system.Name} runs {string.Join(", ", packages.Select(pair => pair.Key))}, which "
                + $"{(packages.Length == 1 ? "is" : "are")} not on this machine. Install with: apt-get install "
                + $"--no-install-recommends {string.Join(' ', packages.Select(pair => pair.Value).Distinct())}";
        }

        var services = system.Services
            .Where(name => !File.Exists(Path.Combine(installation.Programs, name, name))).ToArray();
        return services.Length == 0 ? null
            : $"system {system.Name}: {string.Join(", ", services)} {(services.Length == 1 ? "is" : "are")} not in "
                + $"{installation.Programs}. Publish with: {Path.Combine(installation.Root, "eng", "build")}";
    }
}
