namespace Midwatch.Cli.Places;

/// <summary>The folder that Midwatch was cloned to: reference systems, published services, set-up scripts.</summary>
internal sealed record Installation(string Root)
{
    internal string Systems => Path.Combine(Root, "systems");

    internal string Programs => Path.Combine(Root, "artifacts", "programs");

    internal string PrepareScript => Path.Combine(Root, "eng", "prepare");

    /// <summary>
    /// Finds it by <c>$MIDWATCH_HOME</c> (the <c>./midwatch</c> script sets it) or above the program.
    /// </summary>
    /// <returns>Null when the program stands alone, without its repository.</returns>
    internal static Installation? Find()
    {
        var home = Environment.GetEnvironmentVariable("MIDWATCH_HOME");
        if (!string.IsNullOrEmpty(home) && Directory.Exists(Path.Combine(home, "systems")))
        {
            return new Installation(Path.GetFullPath(home));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "systems"))
                && File.Exists(Path.Combine(folder.FullName, "Midwatch.slnx")))
            {
                return new Installation(folder.FullName);
            }
        }

        return null;
    }
}
