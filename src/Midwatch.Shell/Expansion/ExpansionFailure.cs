using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Why an expansion came to nothing.</summary>
/// <param name="Message">As bash would print it, without the name of the shell.</param>
/// <param name="Ends">
/// Whether the whole shell ends, as for <c>${x:?}</c> and <c>set -u</c>, not just the command.
/// </param>
/// <param name="Refusal">Set when this must not go on: the whole script is stopped.</param>
internal sealed record ExpansionFailure(string Message, bool Ends, ShellDiagnostic? Refusal)
{
    /// <summary>Gets whether arithmetic has no value: of which <c>set -e</c> takes no notice.</summary>
    public bool IsArithmetic { get; init; }
}
