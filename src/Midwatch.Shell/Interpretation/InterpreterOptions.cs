namespace Midwatch.Shell.Interpretation;

/// <summary>What a script may do besides starting programs.</summary>
public sealed record InterpreterOptions
{
    /// <summary>Gets the directory below which redirections may write. The default, null, allows no writing.</summary>
    /// <remarks><c>/dev/null</c> may always be written to.</remarks>
    public string? WritableDirectory { get; init; }

    /// <summary>
    /// Gets the directory below which <c>source</c> may read scripts. The default, null, allows none: what is in such a
    /// file was not seen by whoever approved the script.
    /// </summary>
    public string? SourceDirectory { get; init; }

    /// <summary>
    /// Gets whether a variable that nothing sets is a refusal. The default is true; bash takes it as empty.
    /// </summary>
    public bool RefuseUnset { get; init; } = true;

    /// <summary>Gets how many characters a command substitution may give. The default is 16 Mi.</summary>
    public int CaptureMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Gets how deep functions may call each other. The default is 100.</summary>
    public int CallDepthMax { get; init; } = 100;

    /// <summary>Gets how many programs one run may start. The default is 10,000.</summary>
    public int ProgramsMax { get; init; } = 10_000;

    /// <summary>
    /// Gets how many flows of control may be at work at once: parts of pipelines, substitutions, background commands.
    /// The default is 256.
    /// </summary>
    public int FlowsMax { get; init; } = 256;

    /// <summary>Gets how many bytes builtins may write to files in one run. The default is 1 GiB.</summary>
    public long FileBytesMax { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Gets where time comes from, for <c>sleep</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
