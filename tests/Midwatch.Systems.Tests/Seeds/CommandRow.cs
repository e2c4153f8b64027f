using System.Collections.Immutable;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>One command of a seed, with what it is expected to do on its system, written before it is run.</summary>
/// <param name="Id">As in the acceptance list: <c>S1-C07</c>.</param>
/// <param name="Line">Its line in the seed.</param>
/// <param name="Command">Its first line, to the letter.</param>
/// <param name="As">
/// <c>stated</c>: does what the document says; <c>differs</c>: ends otherwise, as predicted; <c>nothere</c>: needs what
/// cannot be had on this machine, and says so; <c>refused</c>: Midwatch does not run it.
/// </param>
/// <param name="Exit">
/// The exit status; null where it does not end by itself, or is refused, or is not here and fails with any.
/// </param>
/// <param name="Output">A fragment of what it prints, or of the reason of the refusal; null for any.</param>
/// <param name="Matches">A regular expression that all it prints has to match; null for any.</param>
/// <param name="Why">Why it differs, is refused or not here; null for what is as stated.</param>
/// <param name="Needs">
/// A program, without which the row is not here: Midwatch refuses it and names the program. Or <c>root</c>, for what
/// may only touch files of the container's own: without root the row is not run. Null for what every machine has.
/// </param>
/// <param name="Before">Arguments of kubectl commands that set the scene.</param>
/// <param name="Then">Arguments of kubectl commands that must work after it, with what each has to print.</param>
/// <param name="After">Arguments of kubectl commands that put things back.</param>
/// <param name="Bind">Placeholders of this row alone, over those of the table.</param>
internal sealed record CommandRow(
    string Id, int Line, string Command, string As, int? Exit, string? Output, string? Matches, string? Why,
    string? Needs, ImmutableArray<string> Before, ImmutableSortedDictionary<string, string> Then,
    ImmutableArray<string> After, ImmutableSortedDictionary<string, string> Bind);
