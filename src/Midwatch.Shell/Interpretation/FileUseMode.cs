namespace Midwatch.Shell.Interpretation;

/// <summary>How a redirection opens a file.</summary>
internal enum FileUseMode
{
    Truncate,
    Append,
    ReadWrite,

    /// <summary>Only when it does not exist: <c>set -C</c>.</summary>
    Create,
}
