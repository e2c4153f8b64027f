namespace Midwatch.Runbooks.Steps;

/// <summary>
/// A shell or prompt that an earlier command opened: what follows runs inside it. Midwatch never runs such a line where
/// it runs itself; it goes to a person.
/// </summary>
/// <param name="Kind">What it is: <c>pod</c>, <c>node</c>, <c>host</c>, <c>container</c>, <c>root</c>,
/// <c>database</c> or <c>repl</c> (<see cref="Shell.Transcripts.OpenedPlaces"/>).</param>
/// <param name="Opener">The command that opens it, as written; the prompt where no command was seen.</param>
/// <param name="Line">The opener's line, 1-based.</param>
public sealed record SessionPlace(string Kind, string Opener, int Line);
