namespace Iris.ExternalSecrets;

/// <summary>A vault did not give what it was asked for.</summary>
internal sealed class VaultException(string message, Exception? cause = null) : Exception(message, cause);
