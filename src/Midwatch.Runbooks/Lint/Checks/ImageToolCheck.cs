using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// A program that the image does not have (MW2028, for public images; data: <c>image-tools.txt</c>, rows of
/// <c>image | programs that it lacks | an image that has them</c>), and a client that an application's image may not
/// have (MW2029).
/// </summary>
internal sealed class ImageToolCheck : DocumentCheck
{
    private static readonly FrozenSet<string> Clients = new[]
    {
        "curl", "wget", "nc", "netcat", "ncat", "telnet", "psql", "mysql", "redis-cli", "mongo", "mongosh", "dig",
        "nslookup", "host", "ping", "traceroute", "jq", "tcpdump", "strace", "openssl", "ss", "netstat", "lsof",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly ImmutableArray<ImmutableArray<string>> _images = [.. LintData.Rows("image-tools.txt")];

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        foreach (var call in document.Calls)
        {
            if (call.Outer is not { } outer || call.Words[0] is not { Known: true } program
                || document.IsInProse(call))
            {
                continue;
            }

            var runs = outer.IsKubectl("run", "debug") ? outer.ValueOf("--image") : Image(outer);
            if (runs is { Known: true } image && Lacks(image.Text, program.Text) is { } row)
            {
                yield return new Report("MW2028", call.Places[0],
                    $"The image '{image.Text}' has no '{program.Text}'.",
                        $"Take an image that has it, such as '{row[2]}'.");
            }
            else if (outer.IsKubectl("exec") && Clients.Contains(program.Text) && !NamesItsServer(outer, program.Text))
            {
                yield return new Report("MW2029", call.Places[0],
                    $"Whether the container has '{program.Text}' cannot be told; images of applications often have not.",
                    "Ask from an image that is sure to have it, or say that it is there.");
            }
        }
    }

    private static Effects.Calls.CallWord? Image(CommandCall outer) =>
        outer.Program is "docker" or "podman" or "nerdctl" && outer.Verb == "run"
            && outer.Parsed is { Operands: [var image, ..] }
            ? image
            : null;

    private ImmutableArray<string>? Lacks(string image, string program)
    {
        var name = image.Split('@')[0];
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (var row in _images)
        {
            if (Fits(name, row[0])
                && row[1].Split(',', StringSplitOptions.TrimEntries).Contains(program, StringComparer.Ordinal))
            {
                return row;
            }
        }

        return null;
    }

    private static bool Fits(string name, string pattern) =>
        name.Split(':')[0] is var bare && (pattern.StartsWith("*:", StringComparison.Ordinal)
            ? name.Contains(':', StringComparison.Ordinal) && name.EndsWith(pattern[2..], StringComparison.Ordinal)
            : bare == pattern);

    /// <summary>The pod is named after what the client belongs to: a database's pod has the database's
    /// client.</summary>
    private static bool NamesItsServer(CommandCall outer, string program)
    {
        var target = string.Join(' ', outer.Words.Skip(1).TakeWhile(word => word.Text != "--").Select(word =>
            word.Text));
        var server = program switch
        {
            "psql" => "postgres|pg|patroni|cnpg|timescale|db",
            "mysql" => "mysql|mariadb|galera|percona|db",
            "redis-cli" => "redis|valkey|keydb|sentinel",
            "mongo" or "mongosh" => "mongo",
            _ => "",
        };
        return server.Length > 0
            && server.Split('|').Any(each => target.Contains(each, StringComparison.OrdinalIgnoreCase));
    }
}
