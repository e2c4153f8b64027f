namespace Midwatch.Shell.Transcripts;

/// <summary>A line of a copied terminal.</summary>
/// <param name="Text">Without its prompt.</param>
/// <param name="PromptLength">How many characters stood before the text: indent and prompt; 0 without a prompt.</param>
public readonly record struct TranscriptLine(TranscriptLineKind Kind, string Text, int PromptLength)
{
    /// <summary>
    /// Gets where a line of <see cref="TranscriptLineKind.Elsewhere"/> runs: <c>root</c>, <c>database</c>,
    /// <c>repl</c>, or what an earlier command opened (<see cref="OpenedPlaces"/>). Null for other lines.
    /// </summary>
    public string? Place { get; init; }

    /// <summary>Gets a value indicating whether this finishes what the line before began.</summary>
    public bool Continues { get; init; }
}
