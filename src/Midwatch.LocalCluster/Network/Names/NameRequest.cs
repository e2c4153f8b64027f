using System.Globalization;
using System.Text;

namespace Midwatch.LocalCluster.Network.Names;

/// <summary>The head of a request to a forward proxy (RFC 9112, 3.2). Pure.</summary>
/// <param name="Asker">The namespace that bare names are of; the user name of the proxy's address.</param>
/// <param name="IsTunnel">Whether it is a CONNECT.</param>
/// <param name="Head">What the server gets instead of this head; empty for a tunnel.</param>
/// <param name="BodyLength">How many bytes follow; null when only the body itself says it.</param>
internal sealed record NameRequest(
    string Host, int Port, string Asker, bool IsTunnel, string Head, long? BodyLength)
{
    private const string Scheme = "http://";
    private const int HttpPort = 80;
    private const string DefaultNamespace = "default";

    /// <summary>Reads it; null for what is no such request.</summary>
    public static NameRequest? Read(string head)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0].Split(' ') is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"]
            || Fields(lines.AsSpan(1)) is not { } fields)
        {
            return null;
        }

        var asker = Asked(fields);
        if (method == "CONNECT")
        {
            return Place(target, null) is var (host, port) ? new(host, port, asker, true, "", null) : null;
        }

        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || Length(fields) is not (true, var length))
        {
            return null;
        }

        // The characters of the path go on as they came.
        var rest = target[Scheme.Length..];
        var cut = rest.IndexOfAny(['/', '?', '#']);
        var authority = cut < 0 ? rest : rest[..cut];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var path = cut < 0 ? "/" : rest[cut] == '/' ? rest[cut..] : "/" + rest[cut..];
        return Place(authority, HttpPort) is var (name, number)
            ? new(name, number, asker, false, Rewritten($"{method} {path} HTTP/1.1", authority, fields), length)
            : null;
    }

    private static List<(string Name, string Value)>? Fields(ReadOnlySpan<string> lines)
    {
        var fields = new List<(string, string)>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t"))
            {
                return null;
            }

            fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }

    private static (string Host, int Port)? Place(string authority, int? standard)
    {
        var colon = authority.LastIndexOf(':');
        var host = colon < 0 ? authority : authority[..colon];
        var port = colon < 0 ? standard
            : ushort.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var one)
                ? one : null;
        return host.Length > 0 && port is > 0 and var number ? (host, number) : null;
    }

    // Two lengths, or a length and chunks, are how requests are smuggled past one another.
    private static (bool IsSound, long? Length) Length(List<(string Name, string Value)> fields)
    {
        var lengths = fields.Where(field => Is(field, "Content-Length")).ToList();
        var isChunked = fields.Exists(field => Is(field, "Transfer-Encoding"));
        return (lengths, isChunked) switch
        {
            ([], true) => (true, null),
            ([], false) => (true, 0),
            ([var only], false) when long.TryParse(
                only.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) => (true, length),
            _ => (false, null),
        };
    }

    private static string Asked(List<(string Name, string Value)> fields)
    {
        var words = fields.Find(field => Is(field, "Proxy-Authorization")).Value?.Split(' ') ?? [];
        var plain = new byte[words.LastOrDefault()?.Length ?? 0];
        return words is ["Basic", var code] && Convert.TryFromBase64String(code, plain, out var count)
            && Encoding.UTF8.GetString(plain, 0, count).Split(':')[0] is { Length: > 0 } name
                ? name : DefaultNamespace;
    }

    // What is between the client and us does not go on (RFC 9110, 7.6.1); each connection is for one request.
    private static string Rewritten(string first, string authority, List<(string Name, string Value)> fields)
    {
        var dropped = fields.Where(field => Is(field, "Connection"))
            .SelectMany(field => field.Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(["Connection", "Keep-Alive", "Host", "TE", "Upgrade"])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder(first).Append("\r\nHost: ").Append(authority);
        foreach (var (name, value) in fields.Where(field => !dropped.Contains(field.Name)
            && !field.Name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)))
        {
            text.Append("\r\n").Append(name).Append(": ").Append(value);
        }

        return text.Append("\r\nConnection: close\r\n\r\n").ToString();
    }

    private static bool Is((string Name, string Value) field, string name) =>
        string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase);
}
