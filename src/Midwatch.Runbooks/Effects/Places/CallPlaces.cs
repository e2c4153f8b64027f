using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Places;

/// <summary>
/// Finds what leads a call to another cluster, account, user or project, and the hosts outside that it names. The
/// data marks the options and operands: roles <c>elsewhere</c>, <c>host</c>, <c>uri</c>, <c>address</c>.
/// </summary>
internal sealed class CallPlaces
{
    private readonly HostNames _hosts = new();

    /// <summary>Adds what leads elsewhere.</summary>
    public void Read(ParsedCall call, Judgement judgement)
    {
        foreach (var option in call.Options)
        {
            switch (option.Specification?.Role)
            {
                case "elsewhere":
                    judgement.LeadsTo(option.Name);
                    break;
                case "host" or "uri" or "address" when option.Value is { } value:
                    Host(option.Name, value, judgement);
                    break;
                default:
                    break;
            }
        }

        if (call.Verb.Hosts is { } hosts)
        {
            var operands = hosts.Index is { } index ? call.Operands.Skip(index).Take(1) : call.Operands;
            foreach (var operand in operands.Where(word => hosts.Pattern?.IsMatch(word.Text) != false))
            {
                Host(null, operand, judgement);
            }
        }
    }

    /// <summary>A connection string may have settings as words: <c>host=… service=…</c>.</summary>
    private void Host(string? option, CallWord word, Judgement judgement)
    {
        var settings = word.Text.Contains("://", StringComparison.Ordinal)
            ? []
            : word.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => part.Contains('=', StringComparison.Ordinal))
                .ToImmutableArray();
        foreach (var setting in settings)
        {
            var name = setting[..setting.IndexOf('=', StringComparison.Ordinal)];
            if (name is "service" or "passfile" or "sslkey" or "sslcert")
            {
                judgement.LeadsTo(name);
            }
            else if (name is "host" or "hostaddr"
                && _hosts.Outside(new CallWord(setting[(name.Length + 1)..])) is { } named)
            {
                judgement.Reaches(named);
            }
        }

        if (settings.IsEmpty && _hosts.Outside(word) is { } host)
        {
            judgement.Reaches(host);
        }
    }
}
