using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Cli.Terminal;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export.Summaries;

namespace Midwatch.Cli.Compiling;

/// <summary>
/// One line for each runbook, and the sum: what it holds, what its commands do, how complete its answers are, and how
/// much of its text the compiler gave no meaning.
/// </summary>
internal sealed class CompileSummary(Screen screen)
{
    internal void Show(CollectionDigest collection)
    {
        foreach (var runbook in collection.Runbooks)
        {
            var complete = runbook.Completeness is { } percent
                ? string.Create(CultureInfo.InvariantCulture, $", complete {percent} %")
                : string.Empty;
            screen.Line($"{runbook.Path}: {Count(runbook.Procedures, "procedure")}, "
                + $"{Count(runbook.Scenarios, "scenario")}, {Commands(runbook.Commands)}, "
                + $"{Number(runbook.HumanSteps)} by hand{complete}, "
                + $"{Count(runbook.Errors, "error")}, {Count(runbook.Warnings, "warning")}; "
                + Unrecognised(runbook.Unrecognised, runbook.Lines));
        }

        if (collection.Runbooks.Length > 1)
        {
            Total(collection);
        }
    }

    private void Total(CollectionDigest collection)
    {
        screen.Line();
        screen.Line($"{screen.Paint(Ink.Bold, Count(collection.Runbooks.Length, "runbook"))}: "
            + $"{Count(collection.Procedures, "procedure")} for {Count(collection.Alerts, "alert")}, "
            + $"{Count(collection.Scenarios, "scenario")}, {Count(collection.HumanSteps, "step")} by hand");
        screen.Line($"  {Commands(collection.Commands)}, {Number(collection.Inside)} of them inside another shell "
            + "or a database");
        if (collection.Parts.Any(part => part.Of > 0))
        {
            screen.Line($"  of {Count(collection.Parts.Max(part => part.Of), "answer")} to alerts and failures: "
                + string.Join(", ", collection.Parts.Select(part => $"{Number(part.Has)} with {part.Name}")));
        }

        screen.Line($"  {Count(collection.Errors, "error")}, {Count(collection.Warnings, "warning")}; "
            + Unrecognised(collection.Unrecognised, collection.Lines));
    }

    private string Commands(ImmutableArray<int> counts)
    {
        var parts = Enum.GetValues<Effect>().Order()
            .Select((effect, index) => (effect, Count: counts[index])).Where(each => each.Count > 0)
            .Select(each => screen.Paint(Colour(each.effect), $"{Number(each.Count)} {each.effect.Name()}"));
        return counts.Sum() == 0 ? "0 commands" : $"{Count(counts.Sum(), "command")} ({string.Join(", ", parts)})";
    }

    private static Ink Colour(Effect effect) => effect switch
    {
        Effect.Read => Ink.Green,
        Effect.Change => Ink.Yellow,
        Effect.Destroy => Ink.Red,
        _ => Ink.Magenta,
    };

    private static string Unrecognised(int lost, int all) => string.Create(CultureInfo.InvariantCulture,
        $"unrecognised {(all == 0 ? 0 : 100.0 * lost / all):0.#} % ({lost} of {all} lines)");

    private static string Count(int number, string noun) =>
        $"{Number(number)} {noun}{(number == 1 ? string.Empty : "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
