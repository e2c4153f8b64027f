using System.Security.Cryptography;
using System.Text;

namespace Iris.Gateway;

/// <summary>The key that clients must show.</summary>
/// <param name="file">Read at each request: the kubelet replaces it when the Secret changes.</param>
internal sealed class ApiKey(string? file)
{
    /// <summary>Whether the key shown is the one that is good now.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<bool> AcceptsAsync(string? shown, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return true;
        }

        var expected = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        return expected.Length == 0 || CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(shown ?? ""));
    }
}
