using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;

namespace Reference.Ingress;

/// <summary>Follows the Ingress objects of some namespaces, and the certificates that they name.</summary>
internal sealed partial class RouteTable(
    ApiReader api, ImmutableArray<string> spaces, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private volatile IReadOnlyList<IngressRoute> _routes = [];
    private volatile X509Certificate2? _certificate;
    private string _certificateText = "";
    private bool _failing;

    /// <summary>Gets the certificate to show; null while no Ingress names one that is there.</summary>
    public X509Certificate2? Certificate => _certificate;

    /// <summary>Gets whether the objects were read at least once.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The longest path wins, as the Ingress specification wants.</summary>
    public IngressRoute? Find(string host, string path) => _routes.Where(route => route.Matches(host, path))
        .OrderByDescending(route => route.Host.Length > 0).ThenByDescending(route => route.Exact)
        .ThenByDescending(route => route.Path.Length).FirstOrDefault();

    /// <summary>Runs until cancelled. While the API server does not answer, the routes stay.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(cancellationToken);
                (IsKnown, _failing) = (true, false);
            }
            catch (Exception failure) when (ApiReader.IsOutage(failure, cancellationToken))
            {
                if (!_failing)
                {
                    LogOutage(log, failure.Message);
                }

                _failing = true;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(spaces.Select(space => api.ListAsync(
            $"/apis/networking.k8s.io/v1/namespaces/{Uri.EscapeDataString(space)}/ingresses", cancellationToken)));
        JsonObject[] all = [.. lists.SelectMany(list => list)];
        IngressRoute[] routes = [.. all.SelectMany(IngressRoute.Read)];
        if (!routes.SequenceEqual(_routes))
        {
            LogRoutes(log, routes.Length, all.Length);
        }

        _routes = routes;
        await ReadCertificateAsync(all, cancellationToken);
    }

    private async Task ReadCertificateAsync(JsonObject[] ingresses, CancellationToken cancellationToken)
    {
        var named = ingresses.Select(ingress => (Space: ingress["metadata"]?["namespace"]?.ToString(),
                Secret: ingress["spec"]?["tls"]?[0]?["secretName"]?.ToString()))
            .FirstOrDefault(one => one.Secret is not null);
        if (named is not ({ } space, { } name))
        {
            return;
        }

        var secret = await api.GetAsync(
            $"/api/v1/namespaces/{Uri.EscapeDataString(space)}/secrets/{Uri.EscapeDataString(name)}",
            cancellationToken);
        var (chain, key) = (Decode(secret, "tls.crt"), Decode(secret, "tls.key"));
        if (chain + key == _certificateText)
        {
            return;
        }

        try
        {
            _certificateText = chain + key;
            using var pem = X509Certificate2.CreateFromPem(chain, key);
            _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            LogCertificate(log, name, _certificate.NotAfter);
        }
        catch (CryptographicException failure)
        {
            LogBadCertificate(log, name, failure.Message);
        }
    }

    private static string Decode(JsonNode? secret, string key) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(secret?["data"]?[key]?.ToString() ?? ""));

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "Backend reload required: {Routes} paths of {Ingresses} ingresses")]
    private static partial void LogRoutes(ILogger log, int routes, int ingresses);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The API server does not answer: {Reason}")]
    private static partial void LogOutage(ILogger log, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Certificate {Secret}, good until {Until:O}")]
    private static partial void LogCertificate(ILogger log, string secret, DateTime until);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "Certificate {Secret} cannot be used: {Reason}")]
    private static partial void LogBadCertificate(ILogger log, string secret, string reason);
}
