using System.Globalization;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Places;

/// <summary>
/// A mistake in Midwatch itself: told in one line, with everything else in a file for whoever mends it.
/// </summary>
internal static class Defect
{
    /// <returns>The line for the user.</returns>
    internal static string Report(Exception bug, DataDirectory data, TimeProvider time)
    {
        var words = $"{Layout.OneLine(bug.Message)} ({bug.GetType().Name}): this is a bug.";
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var path = Path.Combine(data.Path, "logs", $"bug-{stamp}.log");
        try
        {
            Directory.CreateDirectory(Path.Combine(data.Path, "logs"));
            File.WriteAllText(path, $"midwatch {ProductVersion.Value}, {Environment.OSVersion}\n{bug}\n");
            return $"{words} Please report it with {path}.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{words} No log could be written to {path}: {problem.Message}";
        }
    }
}
