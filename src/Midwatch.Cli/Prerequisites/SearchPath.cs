namespace Midwatch.Cli.Prerequisites;

/// <summary>
/// Looks programs up as a shell does; Debian keeps some servers in <c>sbin</c>, which users' PATHs leave out.
/// </summary>
internal static class SearchPath
{
    private const string SystemFolders = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

    internal static string Value
    {
        get
        {
            var own = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
            var missing = SystemFolders.Split(':').Except(own.Split(':'));
            return string.Join(':', own.Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(missing));
        }
    }

    /// <returns>The absolute path of the first executable of that name, or null.</returns>
    internal static string? Find(string program) => Value.Split(':')
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(path => File.Exists(path)
            && (File.GetUnixFileMode(path)
                & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
