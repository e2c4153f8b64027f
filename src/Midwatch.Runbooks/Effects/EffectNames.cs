namespace Midwatch.Runbooks.Effects;

/// <summary>The words for effects and marks that users see, in output and data alike.</summary>
public static class EffectNames
{
    private static readonly (Marks Mark, string Name)[] MarkNames =
    [
        (Marks.Disrupts, "disrupts"), (Marks.Temporary, "temporary"), (Marks.Local, "local"),
        (Marks.Synthetic, "synthetic"),
        (Marks.PrintsSecret, "prints-secret"), (Marks.Endless, "endless"), (Marks.Interactive, "interactive"),
    ];

    /// <summary>The word for an effect: <c>read</c>, <c>change</c>, <c>unknown</c> or <c>destroy</c>.</summary>
    public static string Name(this Effect effect) => effect switch
    {
        Effect.Read => "read",
        Effect.Change => "change",
        Effect.Destroy => "destroy",
        _ => "unknown",
    };

    /// <summary>The words for the marks that are set, in their fixed order.</summary>
    public static IEnumerable<string> Names(this Marks marks) =>
        MarkNames.Where(each => marks.HasFlag(each.Mark)).Select(each => each.Name);
}
