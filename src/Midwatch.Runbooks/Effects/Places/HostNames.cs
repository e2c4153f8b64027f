using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Places;

/// <summary>
/// Tells hosts that cannot be of the bound cluster by the form of their names: public names and public addresses.
/// Data: <c>hosts.yaml</c>.
/// </summary>
internal sealed class HostNames
{
    private readonly FrozenSet<string> _domains;
    private readonly ImmutableArray<string> _inside;

    public HostNames()
    {
        var data = DataFile.Read("Effects/Data/hosts.yaml");
        _domains = data.Texts("domains").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _inside = data.Texts("inside");
    }

    /// <summary>The host that a word names, when it can only lie outside; null otherwise, and for a hole.</summary>
    /// <param name="word">A host, <c>host:port</c>, <c>user@host</c> or an address with a scheme.</param>
    public string? Outside(CallWord word)
    {
        var (start, length) = HostIn(word.Text);
        return length > 0 && start + length <= word.KnownLength && IsOutside(word.Text.Substring(start, length))
            ? word.Text.Substring(start, length)
            : null;
    }

    private static (int Start, int Length) HostIn(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = text.IndexOfAny(['/', '?', '#', ','], start);
        end = end < 0 ? text.Length : end;
        if (end <= start)
        {
            // "https://" alone names no host.
            return (start, 0);
        }

        var user = text.LastIndexOf('@', end - 1, end - start);
        start = user < 0 ? start : user + 1;
        if (start < end && text[start] == '[')
        {
            var close = text.IndexOf(']', start);
            return close < 0 ? (start, end - start) : (start + 1, close - start - 1);
        }

        // Several colons are an IPv6 address, one stands before a port.
        var colon = text.IndexOf(':', start, end - start);
        var isPort = colon >= 0 && text.IndexOf(':', colon + 1, end - colon - 1) < 0;
        return (start, (isPort ? colon : end) - start);
    }

    private bool IsOutside(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return !IPAddress.IsLoopback(address) && !IsPrivate(address);
        }

        var name = host.TrimEnd('.');
        var labels = name.Split('.');
        if (labels.Length < 2 || _inside.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        // name.namespace and name.namespace.svc are of the cluster; so may be two labels that end in no public domain.
        return labels.Length > 2 ? labels[2] != "svc" : _domains.Contains(labels[1]);
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Any);
        }

        var bytes = address.GetAddressBytes();
        return bytes[0] is 10 or 0
            || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}
