namespace Midwatch.Execution.Expectations;

/// <summary>Reads the table that <c>kubectl get pods</c> prints.</summary>
internal static class PodTable
{
    internal static ExpectationAnswer AllReady(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header =
            Array.FindIndex(lines,
                line => line.Contains("READY", StringComparison.Ordinal)
                    && line.Contains("STATUS", StringComparison.Ordinal));
        if (header < 0)
        {
            return output.Contains("No resources found", StringComparison.Ordinal)
                ? new(false, "There is no pod.")
                : new(null, ExpectationCheck.Shown(output, "This is no table of pods"));
        }

        var columns = Words(lines[header]);
        var (ready, status, name) =
            (Array.IndexOf(columns, "READY"), Array.IndexOf(columns, "STATUS"), Array.IndexOf(columns, "NAME"));
        var pods = lines[(header + 1)..].Select(Words).Where(words => words.Length > Math.Max(ready, status)).ToArray();
        var unready = pods.Where(pod => !IsReady(pod[ready], pod[status]))
            .Select(pod => $"{pod[Math.Max(name, 0)]} is {pod[status]} ({pod[ready]})").ToArray();
        return pods.Length == 0 ? new(false, "There is no pod.")
            : unready.Length == 0 ? new(true, $"{pods.Length} of {pods.Length} are Running and Ready.")
            : new(false, string.Join("; ", unready) + ".");
    }

    private static bool IsReady(string ready, string status) =>
        status == "Running" && ready.Split('/') is [var now, var all] && now == all && all != "0";

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
