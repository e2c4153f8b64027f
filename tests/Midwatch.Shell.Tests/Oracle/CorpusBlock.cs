namespace Midwatch.Shell.Tests.Oracle;

/// <summary>A piece of shell text from somebody's repository.</summary>
/// <param name="Origin">File and line, relative to the corpus.</param>
internal sealed record CorpusBlock(string Origin, string Text);
