using System.Collections.Immutable;
using System.Diagnostics;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Plans;

/// <summary>Effects and marks in the words of the documents.</summary>
public static class EffectWords
{
    private static readonly ImmutableArray<(Marks Mark, string Word)> MarkWords =
    [
        (Marks.Disrupts, "disrupts"), (Marks.Temporary, "temporary"), (Marks.Local, "local"),
        (Marks.Synthetic, "synthetic"), (Marks.PrintsSecret, "prints-secret"), (Marks.Endless, "endless"),
        (Marks.Interactive, "interactive"),
    ];

    /// <summary>The word of an effect.</summary>
    public static string Of(Effect effect) => effect switch
    {
        Effect.Read => "read",
        Effect.Change => "change",
        Effect.Unknown => "unknown",
        Effect.Destroy => "destroy",
        _ => throw new UnreachableException($"Effect {effect}"),
    };

    /// <summary>The words of the marks, in the order of the design.</summary>
    public static ImmutableArray<string> Of(Marks marks) =>
        [.. MarkWords.Where(each => (marks & each.Mark) != Marks.None).Select(each => each.Word)];
}
