using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Prose that stands before a block or a nested list and belongs to it.</summary>
/// <param name="Title">The sentence that speaks of it, as a title.</param>
/// <param name="Text">The prose as written.</param>
/// <param name="Gate">The condition that it states; null for none.</param>
/// <param name="Samples">It says that output follows.</param>
/// <param name="Asks">It asks for something.</param>
internal sealed record LeadIn(string Title, string Text, int Line, Gate? Gate, bool Samples, bool Asks);

/// <summary>A list item that has something below it.</summary>
/// <param name="Place">The item.</param>
/// <param name="Gate">Its condition holds for what is below; null for none.</param>
/// <param name="Meaning">What the list below it holds.</param>
internal sealed record OpenItem(ListPlace Place, Gate? Gate, ListMeaning Meaning);
