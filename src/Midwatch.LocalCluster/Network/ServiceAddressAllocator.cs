using System.Net;

namespace Midwatch.LocalCluster.Network;

/// <summary>
/// Gives services their cluster addresses. For whoever admits services: allocate on create, release on delete.
/// </summary>
internal sealed class ServiceAddressAllocator(LoopbackRange range)
{
    private const int Count = 127 * 254;

    private readonly Lock _lock = new();
    private readonly HashSet<IPAddress> _taken = [];
    private int _next;

    /// <summary>The valid range as the API server names it in its refusals: "127.77.128.0/17".</summary>
    public string Range => range.ServiceRange;

    /// <summary>A free address, or null when the range is used up.</summary>
    public string? Allocate()
    {
        lock (_lock)
        {
            for (var attempt = 0; attempt < Count; attempt++)
            {
                var address = range.Service(_next);
                _next = (_next + 1) % Count;
                if (_taken.Add(address))
                {
                    return address.ToString();
                }
            }

            return null;
        }
    }

    /// <summary>
    /// Takes the address that somebody asked for; the refusal in the API server's words, or null when it is theirs.
    /// </summary>
    public string? Claim(string wanted)
    {
        if (!IPAddress.TryParse(wanted, out var address) || !range.IsService(address))
        {
            return $"failed to allocate IP {wanted}: the provided IP ({wanted}) is not in the valid range. "
                + $"The range of valid IPs is {Range}";
        }

        lock (_lock)
        {
            return _taken.Add(address) ? null : $"failed to allocate IP {wanted}: provided IP is already allocated";
        }
    }

    /// <summary>Gives an address back; one that is not from the range ("None", "") is ignored.</summary>
    public void Release(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return;
        }

        lock (_lock)
        {
            _taken.Remove(parsed);
        }
    }
}
