namespace Midwatch.Cli.Scripts;

/// <summary>What may be the name of a variable (POSIX 3.235).</summary>
internal static class ShellNames
{
    internal static bool IsVariable(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
