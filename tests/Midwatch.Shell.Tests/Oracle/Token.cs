namespace Midwatch.Shell.Tests.Oracle;

/// <summary>One step of a tree that was made flat, so that two trees can be compared step by step.</summary>
/// <param name="At">The offset in the text where the node begins to which it belongs.</param>
internal readonly record struct Token(string Text, int At);
