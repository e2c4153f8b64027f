namespace Iris.KeyVault;

/// <summary>A value that a secret has or had.</summary>
/// <param name="Id">32 hexadecimal digits, as the vault of Azure gives them.</param>
internal sealed record SecretVersion(string Id, string Value, DateTimeOffset Created);
