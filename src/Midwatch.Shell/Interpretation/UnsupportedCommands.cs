using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Builtins of bash that the interpreter does not have, and why: they must not be taken for programs.
/// </summary>
internal static class UnsupportedCommands
{
    private static readonly FrozenDictionary<string, string> Reasons =
        new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alias"] = "aliases change what a command means",
        ["unalias"] = "aliases change what a command means",
        ["enable"] = "it changes what a command means",
        ["fc"] = "there is no history",
        ["history"] = "there is no history",
        ["bind"] = "there is no terminal",
        ["fg"] = "there is no terminal",
        ["bg"] = "there is no terminal",
        ["suspend"] = "there is no terminal",
        ["disown"] = "background commands end with the step",
        ["ulimit"] = "limits are those of the step",
        ["umask"] = "files belong to the step",
        ["times"] = "nobody needs it in a script",
        ["help"] = "nobody needs it in a script",
        ["logout"] = "nobody needs it in a script",
        ["complete"] = "there is no terminal",
        ["compgen"] = "there is no terminal",
        ["compopt"] = "there is no terminal",
        ["caller"] = "nobody needs it in a script",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets their names, in order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Reasons.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A sentence that says why a command is not supported; null for all others.</summary>
    public static string? WhyNot(string name) =>
        Reasons.TryGetValue(name, out var reason) ? $"“{name}” is not supported by the interpreter: {reason}." : null;
}
