namespace Midwatch.Shell.Tests.Syntax;

/// <summary>The scripts that lie beside the tests.</summary>
internal static class Scripts
{
    private static readonly string[] Places =
    [
        "/usr/bin", "/usr/sbin", "/etc/init.d", "/usr/share/bash-completion/completions", "/etc/profile.d",
            "/usr/lib/git-core",
        "/var/lib/dpkg/info", "/etc/cron.daily", "/usr/share/debconf", "/usr/lib/dpkg",
    ];

    /// <summary>Blocks in our own words; those in <c>Syntax</c> are only read, the others run too.</summary>
    public static IEnumerable<string> Curated() => Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Scripts"), "*.sh", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .SelectMany(path => File.ReadAllText(path).Split("#---\n", StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The shell blocks of the seed runbooks; empty where the seeds are not.</summary>
    public static IReadOnlyList<string> OfSeeds()
    {
        var shared = Environment.GetEnvironmentVariable("MIDWATCH_SHARED") ?? Beside();
        var seeds = shared is null ? null : Path.Combine(shared, "seeds");
        return seeds is null || !Directory.Exists(seeds) ? []
            : [.. Directory.GetFiles(seeds, "*.txt").SelectMany(Blocks)];
    }

    /// <summary>Shell scripts that packages of this machine brought along.</summary>
    public static IEnumerable<string> OfMachine() => Places
        .Where(Directory.Exists)
        .SelectMany(directory => Directory.GetFiles(directory).Order(StringComparer.Ordinal))
        .Where(IsScript)
        .Select(File.ReadAllText);

    private static bool IsScript(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > 300_000)
        {
            return false;
        }

        using var reader = new StreamReader(path);
        var line = reader.ReadLine() ?? string.Empty;
        return line.StartsWith("#!/bin/sh", StringComparison.Ordinal)
            || line.StartsWith("#!/bin/bash", StringComparison.Ordinal)
            || line.StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal)
            || (path.Contains("bash-completion", StringComparison.Ordinal) && line.StartsWith('#'));
    }

    private static string? Beside()
    {
        var directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Midwatch.slnx")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory is null ? null : Path.GetFullPath(Path.Combine(directory, "..", "shared"));
    }

    private static IEnumerable<string> Blocks(string path)
    {
        List<string>? block = null;
        foreach (var line in File.ReadLines(path))
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (fence && block is null)
            {
                block = line.Contains("bash", StringComparison.Ordinal)
                    || line.Contains("sh", StringComparison.Ordinal) ? [] : null;
            }
            else if (fence && block is not null)
            {
                yield return string.Join('\n', block) + "\n";
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }
}
