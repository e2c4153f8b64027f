using System.Runtime.InteropServices;

namespace Midwatch.Processes;

/// <summary>
/// Finds the file behind a program's name as a POSIX shell does (2.9.1.4, Command Search and Execution).
/// </summary>
internal static class ProgramPath
{
    private const int ExecuteAccess = 1;

    // What confstr(_CS_PATH) answers; used when the environment has no PATH at all.
    private const string DefaultPath = "/bin:/usr/bin";

    /// <summary>The absolute path in <see cref="Found.Path"/>, or why there is none.</summary>
    public static Found Resolve(ProgramSpec spec)
    {
        var name = spec.Argv[0];
        if (name.Length == 0)
        {
            return new(null, new StartResult.NotFound(name));
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.Combine(spec.WorkingDirectory, name);
            return Obstacle(path) is { } obstacle ? new(null, Refuse(name, path, obstacle)) : new(path, null);
        }

        return Search(name, spec);
    }

    private static Found Search(string name, ProgramSpec spec)
    {
        StartResult? refused = null;
        foreach (var directory in spec.Environment.GetValueOrDefault("PATH", DefaultPath).Split(':'))
        {
            // An empty element means the working directory.
            var path = Path.Combine(spec.WorkingDirectory, directory, name);
            switch (Obstacle(path))
            {
                case null:
                    return new(path, null);
                case Native.Enoent or Native.Enotdir:
                    break;
                case { } obstacle:
                    // The search goes on, but if nothing better comes this is what the user should hear.
                    refused ??= Refuse(name, path, obstacle);
                    break;
            }
        }

        return new(null, refused ?? new StartResult.NotFound(name));
    }

    private static int? Obstacle(string path)
    {
        if (Directory.Exists(path))
        {
            return Native.Eacces;
        }

        return Native.Access(path, ExecuteAccess) == 0 ? null : Marshal.GetLastPInvokeError();
    }

    private static StartResult Refuse(string name, string path, int errno) => errno switch
    {
        Native.Enoent or Native.Enotdir => new StartResult.NotFound(name),
        _ when Directory.Exists(path) => new StartResult.NotExecutable(name, path, "Is a directory"),
        _ => new StartResult.NotExecutable(name, path, Marshal.GetPInvokeErrorMessage(errno)),
    };

    /// <summary>Exactly one of the two is set.</summary>
    internal readonly record struct Found(string? Path, StartResult? Refusal);
}
