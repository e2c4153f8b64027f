using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>Where and how a call is made.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Remote">It runs in a pod or on another machine: what it writes is not local.</param>
/// <param name="Span">Where it stands in the text; null when it is judged alone.</param>
/// <param name="Depth">How many wrappers are around it.</param>
internal sealed record CallPlace(CallInput Input, bool Remote, SourceSpan? Span, int Depth)
{
    /// <summary>How deep wrappers may nest before judging ends with <c>unknown</c>.</summary>
    public const int DepthMax = 12;

    /// <summary>Gets the place of a call on this machine, alone.</summary>
    public static CallPlace Alone { get; } = new(CallInput.Nothing, false, null, 0);

    /// <summary>The place of a call that this one makes.</summary>
    public CallPlace Inside(bool remote) => this with { Remote = Remote || remote, Depth = Depth + 1 };
}
