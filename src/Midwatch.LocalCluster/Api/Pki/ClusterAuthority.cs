using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Midwatch.LocalCluster.Controllers.Certificates;

namespace Midwatch.LocalCluster.Api.Pki;

/// <summary>The cluster's own certificate authority: signs the server's certificate and those of clients.</summary>
internal sealed class ClusterAuthority : ISigner, IDisposable
{
    // Rehearsal clusters are short-lived; a year outlasts any of them.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly TimeProvider _time;
    private readonly X509Certificate2 _root;

    private ClusterAuthority(TimeProvider time, X509Certificate2 root)
    {
        _time = time;
        _root = root;
    }

    /// <summary>
    /// What clients must trust, as PEM: certificate-authority-data of a kubeconfig, ca.crt of a service account.
    /// </summary>
    public string CertificatePem => _root.ExportCertificatePem() + "\n";

    /// <summary>Makes a new authority with a key of its own.</summary>
    public static ClusterAuthority Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=midwatch-local-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        return new ClusterAuthority(time, request.CreateSelfSigned(now - ClockSkew, now + Lifetime));
    }

    /// <summary>A server certificate for these names and addresses.</summary>
    public X509Certificate2 IssueServer(ImmutableArray<string> names, ImmutableArray<IPAddress> addresses)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedName("CN=kube-apiserver");
        return Sign(key, subject, ServerPurpose, alternatives.Build());
    }

    /// <summary>A client certificate: the common name is the user, each organisation a group.</summary>
    public IssuedCertificate IssueClient(string user, ImmutableArray<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
        {
            subject.AddOrganizationName(group);
        }

        subject.AddCommonName(user);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(key, subject.Build(), ClientPurpose, null);
        return new IssuedCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public string? Sign(string request, TimeSpan? lifetime, bool isForServers, out string? trouble)
    {
        try
        {
            trouble = null;
            var asked = CertificateRequest.LoadSigningRequestPem(
                request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
            var names = asked.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            var wanted = new CertificateRequest(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256);
            Extend(wanted, isForServers ? ServerPurpose : ClientPurpose, names);
            var now = _time.GetUtcNow();
            var end = lifetime is { } span && now + span < _root.NotAfter ? now + span : _root.NotAfter;
            using var key = _root.GetECDsaPrivateKey()!;
            using var signed = wanted.Create(
                _root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - ClockSkew, end, Serial());
            return signed.ExportCertificatePem() + "\n";
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            trouble = $"unable to parse csr: {error.Message}";
            return null;
        }
    }

    /// <summary>True when this authority signed the certificate and it is valid now.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        _ = chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(certificate);
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();

    private X509Certificate2 Sign(ECDsa key, X500DistinguishedName subject, string purpose, X509Extension? alternatives)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        Extend(request, purpose, alternatives);
        using var signed = request.Create(_root, _time.GetUtcNow() - ClockSkew, _root.NotAfter, Serial());
        return signed.CopyWithPrivateKey(key);
    }

    private static void Extend(CertificateRequest request, string purpose, X509Extension? alternatives)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives);
        }
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        return serial;
    }
}
