namespace Midwatch.Shell.Transcripts;

/// <summary>A shell or prompt in which the lines behind its opener run.</summary>
/// <param name="Kind">What it is, as <see cref="OpenedPlaces.OpenedBy"/> tells.</param>
/// <param name="Opener">The first line of what opens it; the prompt where that was not seen.</param>
/// <param name="Line">The line of the opener or of the prompt, 1-based.</param>
public sealed record OpenedShell(string Kind, string Opener, int Line);
