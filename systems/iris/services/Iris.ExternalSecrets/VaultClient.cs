using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iris.ExternalSecrets;

/// <summary>Reads secrets from an Azure Key Vault.</summary>
internal sealed class VaultClient(HttpClient http)
{
    private const string ProtocolVersion = "7.4";

    /// <summary>Reads a secret's newest value.</summary>
    /// <exception cref="VaultException">The vault refuses, is away, or has no such secret.</exception>
    public async Task<string> ReadAsync(Uri vault, string token, string name, CancellationToken cancellationToken)
    {
        var address = new Uri(vault, $"/secrets/{Uri.EscapeDataString(name)}?api-version={ProtocolVersion}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => (JsonNode.Parse(text) as JsonObject)?["value"]?.ToString()
                    ?? throw new VaultException($"the vault's answer for '{name}' has no value"),
                HttpStatusCode.NotFound => throw new VaultException($"the vault has no secret '{name}'"),
                var status => throw new VaultException($"the vault answered {(int)status} for '{name}'"),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new VaultException($"the vault cannot be reached: {failure.InnerException?.Message
                ?? failure.Message}", failure);
        }
    }
}
