using System.Collections.Frozen;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Builtins of bash that the interpreter does not have, and why: they must not be taken for programs.
/// </summary>
internal static class UnsupportedCommands
{
    private static readonly FrozenDictionary<string, string> Reasons =
        new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["eval"] = "it makes text into code",
        ["source"] = "it runs a file that nobody has seen",
        ["."] = "it runs a file that nobody has seen",
        ["exec"] = "it replaces the shell",
        ["trap"] = "signals do not reach a script here",
        ["alias"] = "aliases change what a command means",
        ["unalias"] = "aliases change what a command means",
        ["shopt"] = "its options change how text is read",
        ["enable"] = "it changes what a command means",
        ["builtin"] = "it changes what a command means",
        ["fc"] = "there is no history",
        ["history"] = "there is no history",
        ["bind"] = "there is no terminal",
        ["fg"] = "there is no terminal",
        ["bg"] = "there is no terminal",
        ["jobs"] = "there is no terminal",
        ["suspend"] = "there is no terminal",
        ["disown"] = "background commands end with the step",
        ["ulimit"] = "limits are those of the step",
        ["umask"] = "files belong to the step",
        ["times"] = "it is not there yet",
        ["getopts"] = "it is not there yet",
        ["mapfile"] = "it is not there yet",
        ["readarray"] = "it is not there yet",
        ["pushd"] = "it is not there yet",
        ["popd"] = "it is not there yet",
        ["dirs"] = "it is not there yet",
        ["hash"] = "it is not there yet",
        ["help"] = "it is not there yet",
        ["logout"] = "it is not there yet",
        ["complete"] = "there is no terminal",
        ["compgen"] = "there is no terminal",
        ["compopt"] = "there is no terminal",
        ["caller"] = "it is not there yet",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A sentence that says why a command is not supported; null for all others.</summary>
    public static string? WhyNot(string name) =>
        Reasons.TryGetValue(name, out var reason) ? $"“{name}” is not supported by the interpreter: {reason}." : null;
}
