using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Lint.Calls;

/// <summary>One program call of a document, with the place of each of its words.</summary>
internal sealed class CommandCall
{
    /// <summary>The command that it is part of.</summary>
    public required StepCommand Command { get; init; }

    /// <summary>The program's name and its words; never empty.</summary>
    public required ImmutableArray<CallWord> Words { get; init; }

    /// <summary>The place of each word.</summary>
    public required ImmutableArray<DocumentSpan> Places { get; init; }

    /// <summary>What the effect data says of the program; null when it does not know it.</summary>
    public required ToolSpecification? Tool { get; init; }

    /// <summary>The call taken apart; null when the program is not known.</summary>
    public required ParsedCall? Parsed { get; init; }

    /// <summary>The call that runs this one (<c>kubectl exec … --</c>, <c>sudo</c>); null when a shell does.</summary>
    public CommandCall? Outer { get; init; }

    /// <summary>The members of its pipeline, itself among them; null outside of pipelines.</summary>
    public List<CommandCall>? Pipeline { get; init; }

    /// <summary>An <c>&amp;</c> sends it to the background.</summary>
    public bool Background { get; init; }

    /// <summary>Its output goes into a file or a variable.</summary>
    public bool Captured { get; init; }

    /// <summary>It stands inside <c>$( )</c>.</summary>
    public bool Substituted { get; init; }

    /// <summary>The name that the data shows for the program, else the word as written.</summary>
    public string Program => Tool?.Name ?? Words[0].Text;

    /// <summary>The verbs on the way, such as <c>rollout status</c>; empty for none.</summary>
    public string Verb => Parsed is null ? "" : string.Join(' ', Parsed.Path);

    /// <summary>The whole call.</summary>
    public DocumentSpan Span => new(Places[0].Line, Places[0].Column, Places[^1].EndLine, Places[^1].EndColumn);

    /// <summary>The member of the pipeline behind it; null for the last.</summary>
    public CommandCall? Next =>
        Pipeline is null || Pipeline.IndexOf(this) + 1 is var next && next >= Pipeline.Count ? null : Pipeline[next];

    /// <summary>Everything that the call hands its output to, in order.</summary>
    public IEnumerable<CommandCall> Behind => Pipeline is null ? [] : Pipeline.Skip(Pipeline.IndexOf(this) + 1);

    /// <summary>Whether it is a call of kubectl (or oc) with one of the verbs; with any when none is named.</summary>
    public bool IsKubectl(params ReadOnlySpan<string> verbs) =>
        Tool?.Name == "kubectl" && Parsed is not null && (verbs.IsEmpty || verbs.Contains(Verb));

    /// <summary>Whether an option was given, by any of its names.</summary>
    public bool Has(params string[] names) => Parsed?.Has(names) == true;

    /// <summary>The value of an option, by any of its names; null when it is absent.</summary>
    public CallWord? ValueOf(params ReadOnlySpan<string> names) => Parsed?.ValueOf(names);

    /// <summary>The place of a word of the call by its text, or of an option; the program's when it is not
    /// found.</summary>
    public DocumentSpan PlaceOf(string text)
    {
        for (var i = 1; i < Words.Length; i++)
        {
            if (Words[i].Text == text || Words[i].Text.StartsWith(text + "=", StringComparison.Ordinal))
            {
                return Places[i];
            }
        }

        return Places[0];
    }

    /// <summary>From the program to the last of its verbs: what a diagnostic about the verb points at.</summary>
    public DocumentSpan Head
    {
        get
        {
            var last = Parsed is { Path: [.., var verb] } ? PlaceOf(verb) : Places[0];
            return last.Line == Places[0].Line ? Places[0] with { EndColumn = last.EndColumn } : Places[0];
        }
    }
}
