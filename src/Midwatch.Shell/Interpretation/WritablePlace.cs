namespace Midwatch.Shell.Interpretation;

/// <summary>Where a file lies that a redirection writes.</summary>
/// <param name="Path">Absolute; links are not followed yet.</param>
internal sealed record WritablePlace(string Path)
{
    /// <summary>Gets why it must not be written, as the end of a sentence; null when it may be.</summary>
    public string? Objection { get; init; }

    /// <summary>Gets the folder that it must not leave, without links; null for a device.</summary>
    public string? Root { get; init; }

    /// <summary>Gets the path below that folder, without links.</summary>
    public string Relative { get; init; } = string.Empty;

    /// <summary>Gets whether the path leads nowhere: past what is no folder, or round in links.</summary>
    public bool IsMissing { get; init; }

    public OpenedFile Open(FileUseMode mode, CancellationToken cancellationToken) =>
        IsMissing ? new OpenedFile(null, "No such file or directory")
        : Path.EndsWith('/') ? new OpenedFile(null, "Is a directory")
        : Root is null ? FileOpening.ToWrite(Path, mode, cancellationToken)
        : FileOpening.ToWriteBelow(Root, Relative, mode, cancellationToken);
}
