namespace Midwatch.LocalCluster.Api.Pki;

/// <summary>A certificate and its key, both as PEM text.</summary>
internal sealed record IssuedCertificate(string CertificatePem, string KeyPem);
