using System.Security.Cryptography;

namespace Midwatch.LocalCluster.Objects;

/// <summary>The random part of names like "web-7d4b9c-x2k8p".</summary>
internal static class GeneratedName
{
    // Kubernetes leaves out vowels and look-alikes so that no suffix reads as a word.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int PrefixLengthMax = 63 - SuffixLength;

    /// <summary>
    /// Appends five random characters to a prefix, which is cut so that the name stays a valid label.
    /// </summary>
    public static string From(string prefix) =>
        (prefix.Length > PrefixLengthMax ? prefix[..PrefixLengthMax] : prefix)
        + RandomNumberGenerator.GetString(Alphabet, SuffixLength);
}
