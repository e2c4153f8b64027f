using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>Whom a container runs as: the manifest's runAsUser, else the image's user.</summary>
internal static class ContainerUser
{
    private const string Accounts = "/etc/passwd";

    /// <summary>Null for whom we run as.</summary>
    public static ProgramUser? Of(JsonObject pod, JsonObject container, Image image)
    {
        var user = container.Number("securityContext", "runAsUser")
            ?? pod.Number("spec", "securityContext", "runAsUser");
        var group = container.Number("securityContext", "runAsGroup")
            ?? pod.Number("spec", "securityContext", "runAsGroup");
        if (user is { } number)
        {
            return new((uint)number, (uint)(group ?? Account(fields => fields[2] == Text(number))?.GroupId ?? 0));
        }

        return string.IsNullOrEmpty(image.User) ? null : Named(image.User);
    }

    /// <summary>
    /// A user as a Dockerfile writes it: "name", "10", "10:20"; null when this machine has no such user.
    /// </summary>
    private static ProgramUser? Named(string text)
    {
        var parts = text.Split(':');
        if (uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            var own = Account(fields => fields[2] == parts[0])?.GroupId ?? 0;
            return new(id, parts.Length > 1
                && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
                    ? group
                    : own);
        }

        return Account(fields => fields[0] == parts[0]);
    }

    private static ProgramUser? Account(Func<string[], bool> matches) =>
        File.Exists(Accounts)
        && File.ReadLines(Accounts).Select(line => line.Split(':'))
            .FirstOrDefault(fields => fields.Length > 3 && matches(fields)) is { } found
            ? new(Id(found[2]), Id(found[3]))
            : null;

    private static uint Id(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
