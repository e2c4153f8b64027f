using System.Buffers;

namespace Midwatch.Shell.Expansion;

/// <summary>
/// Texts that mean nothing to a shell but themselves: a name, a number, a path, a version, an address.
/// </summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/:=,@%+-");

    public static bool Holds(string text) => !text.AsSpan().ContainsAnyExcept(Plain);
}
