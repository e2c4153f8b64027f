using System.Collections.Immutable;
using System.Text;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Network;

/// <summary>The addresses behind one service's name.</summary>
/// <param name="Addresses">One for a service with a cluster address, those of the ready pods for a headless
/// one.</param>
internal sealed record ServiceNames(ObjectKey Key, ImmutableArray<ServiceBackends.NamedAddress> Addresses)
{
    /// <summary>
    /// Writes hosts lines with all names under which a pod of the asking namespace may know the service.
    /// </summary>
    public void AppendTo(StringBuilder text, string asker)
    {
        var ns = Key.Namespace ?? "default";
        foreach (var (address, host) in Addresses)
        {
            AppendLine(text, address, Key.Name, ns, asker);
            if (host is not null)
            {
                AppendLine(text, address, $"{host}.{Key.Name}", ns, asker);
            }
        }
    }

    private static void AppendLine(StringBuilder text, string address, string name, string ns, string asker)
    {
        var own = asker == ns ? $" {name}" : "";
        text.Append(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{address} {name}.{ns}.svc.cluster.local {name}.{ns}.svc {name}.{ns}{own}\n");
    }
}
