using System.Reflection;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>
/// Says a runbook in other words, one way for each number: names, labels, headings, titles and comments change, what
/// is done does not.
/// </summary>
internal sealed partial class Paraphrase(int number)
{
    private static readonly (string From, string[] To)[] Comments =
    [
        ("if needed", ["if necessary", "if required"]), ("If needed", ["If necessary", "If required"]),
        ("# Check ", ["# Inspect ", "# Look at ", "# Have a look at "]), ("# Verify ", ["# Make sure: ", "# Confirm "]),
        ("# Restart ", ["# Bounce ", "# Recycle "]), ("→", ["->", "=>"]),
        ("if recent deployment", ["if there was a recent release", "when a new version was rolled out"]),
        ("**Alert Name**", ["**Alert**", "**Alerts**"]), ("**Investigation:**", ["**Diagnosis:**", "**Triage:**"]),
        ("**Actions:**", ["**Remediation:**", "**Mitigation:**", "**Recommended actions:**"]),
        ("Scenario ", ["Case ", "Cause "]), ("**If ", ["**When ", "**In case "]),
    ];

    private static readonly (string From, string[] To)[] Titles =
    [
        ("Application Error", ["Faulty Program", "Bug"]), ("Image Pull", ["Image Fetch", "Registry"]),
        ("API Gateway", ["Front Door", "Edge Proxy"]), ("Auth Service", ["Login Service", "Sign-in"]),
        ("Platform Services", ["Core Services"]), ("MLflow Server", ["Model Registry"]),
        ("Storage Issues", ["Disk Trouble", "Volume Problems"]), ("Dependency Failures", ["Upstream Trouble"]),
        ("Inference Service", ["Scoring Service"]), ("Pod Crash Loop", ["Pods Keep Crashing"]),
        ("Scale Services", ["Scale Workloads"]), ("Rotate Secrets", ["Rotate Credentials"]),
        ("Runbook: Sidecar API Down", ["Runbook: Edge Out of Service"]),
        ("Operations Runbook", ["Operations Handbook"]), ("Service Outage Runbook", ["Outage of the Service"]),
    ];

    private static readonly Dictionary<string, string[]> Headings = ReadHeadings();

    /// <summary>The text in other words; links to headings follow them.</summary>
    public string Of(string text)
    {
        var lines = text.Split('\n');
        var said = lines.Select(Line).ToArray();
        var moved = lines.Zip(said).Where(pair => HeadingLine().IsMatch(pair.First))
            .Select(pair => (Old: Anchor(pair.First), New: Anchor(pair.Second))).DistinctBy(pair => pair.Old);
        return moved.Aggregate(string.Join('\n', said), (all, pair) =>
            all.Replace($"](#{pair.Old})", $"](#{pair.New})", StringComparison.Ordinal));
    }

    /// <summary>Words of a line that is no heading, said the same way.</summary>
    public string Words(string text) => Rename(Swap(text, Comments));

    private string Line(string line)
    {
        var heading = HeadingLine().Match(line);
        if (heading.Success)
        {
            var (marks, words) = (heading.Groups["marks"].Value, heading.Groups["words"].Value);
            return Headings.TryGetValue(words, out var others)
                ? $"{marks} {Choose(others, words)}"
                : Swap(Swap(line, Titles), Comments);
        }

        return Words(line);
    }

    private static string Anchor(string heading) => string.Concat(NoAnchor()
        .Replace(heading.TrimStart('#', ' '), "").Replace(' ', '-').Select(char.ToLowerInvariant));

    /// <summary>Names of systems, namespaces, workloads and labels, not words of the tools.</summary>
    private string Rename(string line) =>
        Names().Replace(line, match => $"z{number}{new string([.. match.Value.Reverse()])}");

    private string Swap(string line, (string From, string[] To)[] table) => table.Aggregate(line, (all, pair) =>
        all.Replace(pair.From, Choose(pair.To, pair.From), StringComparison.Ordinal));

    /// <summary>The same words are always said the same way in one document.</summary>
    private string Choose(string[] others, string words) => others[(number + words.Length) % others.Length];

    private static Dictionary<string, string[]> ReadHeadings()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Acceptance/paraphrases.txt");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" = "))
            .ToDictionary(pair => pair[0], pair => pair[1].Split(" | "), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"^(?<marks>#{2,6}( [0-9]+\.)?) (?<words>[A-Z].*)$")]
    private static partial Regex HeadingLine();

    [GeneratedRegex(
        @"sentineltranslate|nimify|mlops|mlflow|churn|pyairtable|iris|sidecar|inference-service|platform-services|auth-service|api-gateway|triton")]
    private static partial Regex Names();
}
