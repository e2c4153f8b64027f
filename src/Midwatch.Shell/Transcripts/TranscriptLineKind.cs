namespace Midwatch.Shell.Transcripts;

/// <summary>What a line of a copied terminal is.</summary>
public enum TranscriptLineKind
{
    /// <summary>A command, or a further line of one, or a comment: what the shell was given.</summary>
    Command,

    /// <summary>What a command printed. It is never run.</summary>
    Output,

    /// <summary>What was typed into another shell, a database or an interpreter. It is never run here.</summary>
    Elsewhere,
}
