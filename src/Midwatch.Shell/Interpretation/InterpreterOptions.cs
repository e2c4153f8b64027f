namespace Midwatch.Shell.Interpretation;

/// <summary>What a script may do besides starting programs.</summary>
public sealed record InterpreterOptions
{
    /// <summary>Gets the directory below which redirections may write. The default, null, allows no writing.</summary>
    /// <remarks><c>/dev/null</c> may always be written to.</remarks>
    public string? WritableDirectory { get; init; }

    /// <summary>
    /// Gets whether a variable that nothing sets is a refusal. The default is true; bash takes it as empty.
    /// </summary>
    public bool RefuseUnset { get; init; } = true;

    /// <summary>Gets how many characters a command substitution may give. The default is 16 Mi.</summary>
    public int CaptureMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Gets how deep functions may call each other. The default is 100.</summary>
    public int CallDepthMax { get; init; } = 100;

    /// <summary>Gets where time comes from, for <c>sleep</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
