namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>Where the clone under test, its built binary and the seeds are.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Binary => Path.Combine(Root, "artifacts", "midwatch", "midwatch");

    internal static bool Long => Environment.GetEnvironmentVariable("MIDWATCH_LONG") is "1";

    /// <summary>A seed's path; the test is skipped by name where the seeds are not.</summary>
    internal static string Seed(string name)
    {
        var shared = Environment.GetEnvironmentVariable("MIDWATCH_SHARED") ?? Path.Combine(Root, "..", "shared");
        var path = Path.Combine(shared, "seeds", name);
        Assert.SkipUnless(File.Exists(path), $"The seed {name} is not in MIDWATCH_SHARED ({shared}).");
        return Path.GetFullPath(path);
    }

    /// <summary>Skips the test by name when a program is missing.</summary>
    internal static void Needs(params string[] programs)
    {
        foreach (var program in programs)
        {
            Assert.SkipUnless(OnPath(program) is not null, $"{program} is not installed.");
        }
    }

    internal static string? OnPath(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':',
            StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Midwatch.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Midwatch.slnx is in no folder above the tests.");
    }
}
