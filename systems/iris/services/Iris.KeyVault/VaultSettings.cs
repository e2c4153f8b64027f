namespace Iris.KeyVault;

/// <summary>What the pod tells its container.</summary>
/// <param name="Token">Who shows this one may read and write.</param>
/// <param name="File">Where the secrets are kept.</param>
/// <param name="Initial">A folder with a file a secret, taken over into an empty vault; null for none.</param>
internal sealed record VaultSettings(string Token, string File, string? Initial)
{
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static VaultSettings Read(Func<string, string?> variable) => new(
        variable("VAULT_TOKEN") is { Length: > 0 } token ? token : throw new FormatException("VAULT_TOKEN is not set."),
        variable("MIDWATCH_ROOT") + (variable("VAULT_FILE") ?? "/vault/secrets.json"),
        variable("VAULT_INITIAL") is { Length: > 0 } folder ? variable("MIDWATCH_ROOT") + folder : null);
}
