using Midwatch.LocalCluster.Api.Access;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Who may use the cluster from outside, and their kubeconfig files.</summary>
internal sealed class ClusterIdentities(BearerTokens tokens, string authority, Uri server)
{
    private static readonly UserIdentity Administrator = new("admin", [UserIdentity.Masters]);
    private static readonly UserIdentity Diagnose = new("midwatch:diagnose", ["midwatch"]);
    private static readonly UserIdentity Act = new("midwatch:act", ["midwatch"]);

    /// <summary>Writes them all; the administrator's last, since that is the one people wait for.</summary>
    public void Write(ClusterDirectory directory)
    {
        Write(directory.Identity("diagnose"), Diagnose);
        Write(directory.Identity("act"), Act);
        Write(directory.Kubeconfig, Administrator);
    }

    private void Write(string path, UserIdentity user) => ClusterDirectory.WritePrivately(
        path, new Kubeconfig(server, authority, user.Name, tokens.Issue(user)).ToYaml());
}
