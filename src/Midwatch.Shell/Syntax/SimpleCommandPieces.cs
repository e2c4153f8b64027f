namespace Midwatch.Shell.Syntax;

/// <summary>What a simple command is put together from; used again for the next one.</summary>
internal sealed class SimpleCommandPieces
{
    public int Start { get; private set; }

    /// <summary>Gets or sets the offset behind the last piece.</summary>
    public int End { get; set; }

    /// <summary>Gets or sets the name of the declaring builtin, once it was met.</summary>
    public string? Keyword { get; set; }

    public List<Assignment> Assignments { get; } = [];

    public List<Word> Words { get; } = [];

    public List<DeclarationOperand> Operands { get; } = [];

    public List<Redirection> Redirections { get; } = [];

    public void Reset(int start)
    {
        Start = start;
        End = start;
        Keyword = null;
        Assignments.Clear();
        Words.Clear();
        Operands.Clear();
        Redirections.Clear();
    }
}
