using System.Security.Cryptography.X509Certificates;

namespace Midwatch.Kubernetes;

/// <summary>One context of a kubeconfig: which server, which identity, which namespace.</summary>
public sealed record Kubeconfig
{
    /// <summary>The file that it came from.</summary>
    public required string Path { get; init; }

    /// <summary>The context's name.</summary>
    public required string Context { get; init; }

    /// <summary>The API server.</summary>
    public required Uri Server { get; init; }

    /// <summary>The context's namespace; <c>default</c> when it names none.</summary>
    public required string Namespace { get; init; }

    /// <summary>The CA that must have signed the server's certificate; null to trust the system's own.</summary>
    public X509Certificate2? CertificateAuthority { get; init; }

    /// <summary>The name that the server's certificate must have; null for the server's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Whether the file asks not to check the server's certificate.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>The bearer token; null when there is none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// A file with the bearer token, read anew for each request since it is rotated; null when there is none.
    /// </summary>
    public string? TokenFile { get; init; }

    /// <summary>The client certificate with its key; null when there is none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Reads a kubeconfig.</summary>
    /// <param name="path">The file; or several with <c>:</c> between them, as the variable KUBECONFIG has them.</param>
    /// <param name="context">The context; null for the file's current one.</param>
    public static KubeconfigReading Load(string path, string? context = null)
    {
        var reader = new KubeconfigReader();
        var files = path.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        // As kubectl does, of several files those that are not there are passed over.
        var present = files.Length > 1 && files.Any(File.Exists) ? [.. files.Where(File.Exists)] : files;
        foreach (var file in present)
        {
            if (reader.Add(file) is { } failed)
            {
                return failed;
            }
        }

        return files.Length == 0
            ? new KubeconfigReading.Failed("KUBECONFIG", null, "It names no file.",
                "Set it to the path of a kubeconfig.")
            : KubeconfigAssembly.Assemble(reader, files[0], context);
    }
}
