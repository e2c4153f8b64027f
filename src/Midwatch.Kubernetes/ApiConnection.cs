using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Midwatch.Kubernetes;

/// <summary>The HTTP side of one context: TLS, identity, limits.</summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly Kubeconfig _kubeconfig;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;

    public ApiConnection(Kubeconfig kubeconfig)
    {
        _kubeconfig = kubeconfig;
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = Limits.Connect,
            UseCookies = false,

            // A proxy of the surroundings must not see what stays on this machine.
            UseProxy = !kubeconfig.Server.IsLoopback,
            SslOptions = Tls(kubeconfig),
        };
        _http = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("midwatch", null));
    }

    /// <summary>Sends; only the headers of the answer have come when it returns.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string pathAndQuery, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Address(pathAndQuery)) { Content = content };
        if (await TokenAsync(cancellationToken) is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private static SslClientAuthenticationOptions Tls(Kubeconfig kubeconfig)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = kubeconfig.TlsServerName };
        if (kubeconfig.ClientCertificate is { } certificate)
        {
            options.ClientCertificates = [certificate];
        }

        if (kubeconfig.SkipTlsVerify || kubeconfig.CertificateAuthority is not null)
        {
            options.RemoteCertificateValidationCallback = (_, presented, _, errors) =>
                kubeconfig.SkipTlsVerify || IsTrusted(kubeconfig.CertificateAuthority, presented, errors);
        }

        return options;
    }

    // The name must be right as ever; only the chain is judged against the context's own CA instead of the system's.
    private static bool IsTrusted(X509Certificate2? authority, X509Certificate? presented, SslPolicyErrors errors)
    {
        if (authority is null || presented is not X509Certificate2 certificate
            || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private Uri Address(string pathAndQuery) => new(_kubeconfig.Server.AbsoluteUri.TrimEnd('/') + pathAndQuery);

    private async Task<string?> TokenAsync(CancellationToken cancellationToken) =>
        _kubeconfig.TokenFile is { } file
            ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim()
            : _kubeconfig.Token;
}
