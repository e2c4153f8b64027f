namespace Midwatch.Runbooks.Effects.Files;

/// <summary>A file of effect data that a user adds; its form is that of Midwatch's own.</summary>
/// <param name="Path">As it is to be shown in messages.</param>
/// <param name="Text">Its whole text: YAML.</param>
public sealed record EffectFile(string Path, string Text);

/// <summary>What is wrong with a file of effect data.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record EffectFileProblem(string Path, int Line, int Column, string Message)
{
    /// <summary>As one line for people, the place first.</summary>
    public override string ToString() => FormattableString.Invariant($"{Path}:{Line}:{Column}: {Message}");
}
