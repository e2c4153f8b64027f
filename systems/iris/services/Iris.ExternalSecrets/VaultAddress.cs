using System.Text.Json.Nodes;

namespace Iris.ExternalSecrets;

/// <summary>Where a SecretStore's vault is, and the Secret that holds its token.</summary>
internal sealed record VaultAddress(Uri Vault, string TokenSecret, string TokenKey)
{
    /// <summary>Reads a SecretStore of the provider <c>azurekv</c>.</summary>
    /// <exception cref="FormatException">It is none, or lacks something; the message says what.</exception>
    public static VaultAddress Read(JsonObject store)
    {
        var provider = store["spec"]?["provider"]?["azurekv"]
            ?? throw new FormatException("the SecretStore has no provider azurekv");
        var token = provider["authSecretRef"]?["clientSecret"];
        return Uri.TryCreate(provider["vaultUrl"]?.ToString(), UriKind.Absolute, out var vault)
            ? new VaultAddress(vault, token?["name"]?.ToString() ?? "", token?["key"]?.ToString() ?? "")
            : throw new FormatException("the SecretStore's vaultUrl is no address");
    }
}
