using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// HTTP checks whose answer says nothing (MW2023), HEAD where GET is meant (MW2024), globs in addresses (MW2025),
/// names that only the cluster knows (MW2026).
/// </summary>
internal sealed partial class HttpCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        document.Calls.Where(call => call.Program == "curl" && call.Parsed is not null)
            .SelectMany(call => OfCall(call, document));

    private static IEnumerable<Report> OfCall(CommandCall call, LintDocument document)
    {
        var url = Address(call);
        if (url.Text is null || url.Text.Length == 0)
        {
            yield break;
        }

        if (call.Parsed!.Options.Any(option => option.Name is "-I" or "--head") && Health().IsMatch(Path(url.Text)))
        {
            yield return new Report("MW2024", call.PlaceOf(url.Text),
                "'-I' sends HEAD, which many services refuse on an address that answers GET.",
                "Leave '-I' out; '-i' shows the status and the headers too.");
        }
        else if (Health().IsMatch(Path(url.Text)) && ThrowsAway(call))
        {
            yield return new Report("MW2023", call.PlaceOf(url.Text),
                "curl succeeds on every status, and the answer is thrown away: a 500 looks like health.",
                "Add '--fail', or print the status with '-w \"%{http_code}\\n\"'.");
        }

        if (!call.Has("-g", "--globoff") && Glob().IsMatch(url.Text) && url.Known)
        {
            yield return new Report("MW2025", call.PlaceOf(url.Text),
                "curl takes braces and brackets of an address for a pattern: they do not reach the server, or curl refuses.",
                "Add '-g', or give the query with '-G --data-urlencode'.");
        }

        if (call.Outer is null && call.Command.Inside is null && url.KnownLength > 8 && Host(url.Text) is { } host
            && IsClusterName(host, document))
        {
            yield return new Report("MW2026", call.PlaceOf(url.Text),
                $"'{host}' is a name that only the cluster knows; the command stands outside of it.",
                "Ask through 'kubectl port-forward' or 'kubectl exec', or say where to type it.");
        }
    }

    private static bool ThrowsAway(CommandCall call) =>
        !call.Captured && call.Next is null
        && call.ValueOf("-o", "--output")?.Text == "/dev/null"
        && !call.Has("-f", "--fail", "--fail-with-body", "-v", "--verbose", "-i", "--include")
        && !(call.ValueOf("-w", "--write-out") is { } format && (!format.Known || Told().IsMatch(format.Text)));

    private static CallWord Address(CommandCall call) => call.ValueOf("--url")
        ?? call.Parsed!.Operands.FirstOrDefault(word => word.Text.Length > 0);

    private static string Path(string url) => url.Split('?')[0];

    private static string? Host(string url) => HostName().Match(url) is { Success: true } match
        ? match.Groups["host"].Value
        : null;

    /// <summary>A name without a dot that is not this machine, or one of the cluster's own.</summary>
    private static bool IsClusterName(string host, LintDocument document) =>
        host.EndsWith(".svc", StringComparison.Ordinal) || host.EndsWith(".cluster.local", StringComparison.Ordinal)
        || (!host.Contains('.', StringComparison.Ordinal) && document.Commands.Any(command =>
            command.Effect.Target is { Kind: "service" or "deployment" or "statefulset", Name: { } name }
                && name == host));

    /// <summary>A status, or a file, which may name it.</summary>
    [GeneratedRegex(@"http_code|response_code|^@", RegexOptions.CultureInvariant)]
    private static partial Regex Told();

    [GeneratedRegex(@"/(-/)?(health|healthz|livez|readyz|ready|live|status|ping|up)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Health();

    [GeneratedRegex(@"\?.*(\{[^}]*\}|\[[^\]]+\])", RegexOptions.CultureInvariant)]
    private static partial Regex Glob();

    [GeneratedRegex(@"^https?://(?<host>[a-z0-9][a-z0-9.-]*)(:\d+)?(/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
