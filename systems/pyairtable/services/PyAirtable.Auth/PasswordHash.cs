using System.Globalization;
using System.Security.Cryptography;

namespace PyAirtable.Auth;

/// <summary>Passwords as they are stored: <c>rounds.salt.hash</c>, PBKDF2 with SHA-256.</summary>
internal static class PasswordHash
{
    private const int Rounds = 100_000;
    private const int Bytes = 32;

    public static string Make(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Rounds}.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Derive(password, salt, Rounds))}");
    }

    public static bool Holds(string stored, string password) =>
        stored.Split('.') is [var rounds, var salt, var hash]
        && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        && CryptographicOperations.FixedTimeEquals(
            Convert.FromBase64String(hash), Derive(password, Convert.FromBase64String(salt), count));

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, Bytes);
}
