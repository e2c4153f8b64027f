using System.Globalization;
using System.Text;

namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>
/// Finds the processes of a run by its data directory: in the environment, the arguments, or as working folder.
/// </summary>
internal static class LeftBehind
{
    /// <summary>Every process, zombies left out, that speaks of the folder: "PID command".</summary>
    internal static IReadOnlyList<string> By(string dataDirectory)
    {
        var wanted = Encoding.UTF8.GetBytes(dataDirectory);
        var found = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            try
            {
                var command = File.ReadAllText($"{folder}/cmdline");
                if (command.Length > 0
                    && (File.ReadAllBytes($"{folder}/environ").AsSpan().IndexOf(wanted) >= 0
                        || command.Contains(dataDirectory, StringComparison.Ordinal)
                        || new FileInfo($"{folder}/cwd").LinkTarget?.StartsWith(dataDirectory,
                            StringComparison.Ordinal) is true))
                {
                    found.Add($"{Path.GetFileName(folder)} {command.Replace('\0', ' ')}");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is not ours.
                continue;
            }
        }

        return found;
    }

    /// <summary>Looks again until nothing is left or the time is over.</summary>
    internal static async Task<IReadOnlyList<string>> AfterAsync(string dataDirectory, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var left = By(dataDirectory);
            if (left.Count == 0 || TimeProvider.System.GetElapsedTime(began) > limit)
            {
                return left;
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
