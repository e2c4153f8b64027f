using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Midwatch.Incidents.Alerts;

/// <summary>Our own name for "the same alert": senders disagree about theirs, and some send none.</summary>
public static class AlertFingerprint
{
    private const int BytesKept = 16;

    /// <summary>
    /// Sorts the labels and hashes them, each part with its length, so that no two label sets run together.
    /// </summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public static string Of(IEnumerable<AlertLabel> labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var label in Sorted(labels))
        {
            Append(hash, label.Name);
            Append(hash, label.Value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, BytesKept));
    }

    /// <summary>Labels in the order in which they are kept and hashed.</summary>
    public static ImmutableArray<AlertLabel> Sorted(IEnumerable<AlertLabel> labels) =>
        [.. labels.OrderBy(label => label.Name, StringComparer.Ordinal)];

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
