using System.Text.Json;

namespace Midwatch.Cli.Prerequisites;

/// <summary>The kubectl that runs the runbooks' commands.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Version">As it says of itself; <c>?</c> when it did not answer.</param>
/// <param name="Origin">Why this one, for people.</param>
internal sealed record Kubectl(string Path, string Version, string Origin)
{
    private const string Variable = "MIDWATCH_KUBECTL";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Takes <c>$MIDWATCH_KUBECTL</c>, else the first one on PATH.</summary>
    /// <returns>The choice, or why there is none, with the remedy.</returns>
    internal static async Task<(Kubectl? Found, string? Problem)> FindAsync(
        OutsideProgram programs, CancellationToken cancellationToken)
    {
        var (path, origin, problem) = Locate();
        if (path is null)
        {
            return (null, problem);
        }

        var answer = await programs.ReadAsync(
            [path, "version", "--client", "--output=json"], AnswerLimit, cancellationToken);
        return (new Kubectl(path, VersionIn(answer) ?? "?", origin), null);
    }

    private static (string? Path, string Origin, string? Problem) Locate()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            return File.Exists(chosen)
                ? (System.IO.Path.GetFullPath(chosen), $"from {Variable}", null)
                : (null, string.Empty, $"{Variable} names {chosen}, which is not there. Correct or unset it.");
        }

        var found = SearchPath.Find("kubectl");
        return found is null
            ? (null, string.Empty,
                $"no kubectl on PATH. Install one (Debian: apt-get install kubernetes-client) or set {Variable}.")
            : (found, "from PATH", null);
    }

    private static string? VersionIn(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("clientVersion", out var client)
                && client.TryGetProperty("gitVersion", out var version) ? version.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
