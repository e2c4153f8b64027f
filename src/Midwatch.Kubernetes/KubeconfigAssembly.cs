using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Midwatch.Kubernetes;

/// <summary>Puts one context together from the entries, or says which line is wrong.</summary>
internal static class KubeconfigAssembly
{
    public static KubeconfigReading Assemble(KubeconfigReader reader, string path, string? context)
    {
        var wanted = context ?? reader.CurrentContext;
        if (wanted is null)
        {
            return new KubeconfigReading.Failed(
                path, null, "It has no current-context.", $"Name one of its contexts: {reader.Names("context")}.");
        }

        if (reader.Find("context", wanted) is not { } chosen)
        {
            return new KubeconfigReading.Failed(
                path, null, $"It has no context '{wanted}'.", $"Its contexts are: {reader.Names("context")}.");
        }

        if (reader.Find("cluster", chosen.Text("cluster") ?? "") is not { } cluster)
        {
            return chosen.Wrong(
                "cluster", $"The context '{wanted}' names a cluster that the file does not have.",
                $"Its clusters are: {reader.Names("cluster")}.");
        }

        // A context without a user is allowed: it speaks as nobody, and the server says what that may do.
        var user = chosen.Has("user") ? reader.Find("user", chosen.Text("user") ?? "") : null;
        return chosen.Has("user") && user is null
            ? chosen.Wrong(
                "user", $"The context '{wanted}' names a user that the file does not have.",
                $"Its users are: {reader.Names("user")}.")
            : Build(path, wanted, chosen, cluster, user);
    }

    private static KubeconfigReading Build(
        string path, string context, KubeconfigEntry chosen, KubeconfigEntry cluster, KubeconfigEntry? user)
    {
        if (!Uri.TryCreate(cluster.Text("server"), UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https"))
        {
            return cluster.Wrong(
                "server", "The cluster's server is no http or https address.", "Write it as https://HOST:PORT.");
        }

        if (user is not null && Plugin(user) is { } refused)
        {
            return refused;
        }

        try
        {
            return new KubeconfigReading.Done(new Kubeconfig
            {
                Path = path,
                Context = context,
                Server = server,
                Namespace = chosen.Text("namespace") is { Length: > 0 } ns ? ns : "default",
                CertificateAuthority = Bytes(cluster, "certificate-authority") is { } authority
                    ? X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(authority)) : null,
                TlsServerName = cluster.Text("tls-server-name"),
                SkipTlsVerify = cluster.Text("insecure-skip-tls-verify") == "true",
                Token = user?.Text("token"),
                TokenFile = user?.FilePath("tokenFile"),
                ClientCertificate = user is null ? null : ClientCertificate(user),
            });
        }
        catch (Exception exception) when (
            exception is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            return chosen.Wrong(
                "cluster",
                $"A certificate or key of context '{context}' cannot be used: {exception.Message.TrimEnd('.')}.",
                "Fetch the kubeconfig anew from where it came.");
        }
    }

    private static KubeconfigReading.Failed? Plugin(KubeconfigEntry user)
    {
        foreach (var member in new[] { "exec", "auth-provider" })
        {
            if (user.Has(member))
            {
                return user.Wrong(
                    member,
                    $"The user logs in by a plug-in ('{member}'), and Midwatch starts no programs that a kubeconfig names.",
                    "Give it a kubeconfig of a service account: 'midwatch rbac print' shows the two that it needs.");
            }
        }

        return user.Has("username")
            ? user.Wrong(
                "username", "The user logs in by name and password, which Kubernetes 1.19 removed.",
                "Use a token or a client certificate.")
            : null;
    }

    private static X509Certificate2? ClientCertificate(KubeconfigEntry user) =>
        Bytes(user, "client-certificate") is { } certificate && Bytes(user, "client-key") is { } key
            ? X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key))
            : null;

    // NAME-data carries the content in base64 and wins over NAME, which is a path.
    private static byte[]? Bytes(KubeconfigEntry entry, string member) =>
        entry.Text($"{member}-data") is { Length: > 0 } data
            ? Convert.FromBase64String(data)
            : entry.FilePath(member) is { } file ? File.ReadAllBytes(file) : null;
}
