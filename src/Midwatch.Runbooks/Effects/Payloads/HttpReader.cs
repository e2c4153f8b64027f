using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>
/// Judges an HTTP request by its method, its body options and its address. Which option does what stands in the tool's
/// data as a role; addresses that act although they are only read stand in <c>http.yaml</c>.
/// </summary>
internal sealed class HttpReader
{
    private readonly ImmutableArray<(DataPattern Pattern, Raise Raise)> _addresses;

    public HttpReader() => _addresses =
    [
        .. DataFile.Read("Effects/Data/http.yaml").Maps("addresses").Select(map => (
            DataPattern.IgnoringCase(map.Required("pattern")),
            RaiseReader.Read(map)! with { Why = map.Required("why") })),
    ];

    /// <summary>Adds what the request does.</summary>
    public void Read(ParsedCall call, Judgement judgement)
    {
        var method = Method(call);
        judgement.Subcommand = method;
        switch (method)
        {
            case "GET" or "HEAD" or "OPTIONS":
                judgement.Add(Effect.Read, Marks.None, $"An HTTP {method} only asks.");
                break;
            case "DELETE":
                judgement.Add(Effect.Destroy, Marks.None, "An HTTP DELETE deletes.");
                judgement.Action = "http-delete";
                break;
            case "POST" or "PUT" or "PATCH":
                judgement.Add(Effect.Change, Marks.Synthetic, $"An HTTP {method} makes the service do something.");
                judgement.Action = "http-request";
                break;
            default:
                judgement.Add(Effect.Unknown, Marks.None, $"What an HTTP {method ?? "request"} does cannot be told.");
                break;
        }

        foreach (var address in Addresses(call))
        {
            Address(address, judgement);
        }

        foreach (var option in call.Options.Where(option => option.Specification?.Role == "output"))
        {
            if (option.Value?.Text is not ("/dev/null" or "-"))
            {
                judgement.Add(Effect.Change, Marks.Local, "The answer is written into a file.");
            }
        }
    }

    private static string? Method(ParsedCall call)
    {
        if (call.Options.LastOrDefault(option => Role(option) == "method")?.Value is { } given)
        {
            return given.Known ? given.Text.ToUpperInvariant() : null;
        }

        var roles = call.Options.Select(Role).ToHashSet();
        return roles.Contains("head") ? "HEAD"
            : roles.Contains("upload") ? "PUT"
            : roles.Contains("body") && !roles.Contains("query") ? "POST"
            : "GET";
    }

    private static string? Role(GivenOption option) => option.Specification?.Role;

    private static IEnumerable<CallWord> Addresses(ParsedCall call) =>
        call.Operands.Concat(
            call.Options.Where(option => Role(option) == "address").Select(option => option.Value ?? new CallWord("")));

    private void Address(CallWord address, Judgement judgement)
    {
        var colon = address.Text.IndexOf("://", StringComparison.Ordinal);
        if (colon > 0 && address.Text[..colon] is not ("http" or "https"))
        {
            judgement.Add(Effect.Unknown, Marks.None, $"'{address.Text}' is no HTTP address.");
        }

        foreach (var (pattern, raise) in _addresses)
        {
            if (pattern.IsMatch(address.Text))
            {
                judgement.Add(raise);
            }
        }
    }
}
