namespace Midwatch.Shell.Transcripts;

/// <summary>A line of a copied terminal.</summary>
/// <param name="Text">Without its prompt.</param>
/// <param name="PromptLength">How many characters stood before the text: indent and prompt; 0 without a prompt.</param>
public readonly record struct TranscriptLine(TranscriptLineKind Kind, string Text, int PromptLength);
