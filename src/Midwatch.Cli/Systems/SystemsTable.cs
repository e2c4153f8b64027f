using System.Collections.Immutable;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Systems;

/// <summary>Prints how the reference systems are: a line each, and a line for whatever of one is not up.</summary>
internal sealed class SystemsTable(Screen screen)
{
    internal void Print(ImmutableArray<SystemHealth> systems)
    {
        var name = Width("NAME", systems.Select(one => one.System.Name));
        var state = Width("STATE", systems.Select(one => one.Word));
        var pods = Width("PODS", systems.Select(Pods));
        var alerts = Width("ALERTS", systems.Select(Alerts));
        screen.Line($"{"NAME".PadRight(name)}{"STATE".PadRight(state)}{"PODS".PadRight(pods)}"
            + $"{"ALERTS".PadRight(alerts)}SUMMARY");
        foreach (var one in systems)
        {
            var ink = one.State switch
            {
                SystemState.Ready => Ink.Green,
                SystemState.NotReady => Ink.Red,
                _ => Ink.Dim,
            };
            screen.Line($"{one.System.Name.PadRight(name)}{screen.Paint(ink, one.Word.PadRight(state))}"
                + $"{Pods(one).PadRight(pods)}{Alerts(one).PadRight(alerts)}{one.System.Summary}");
            foreach (var missing in one.Workloads.Where(_ => one.State == SystemState.NotReady)
                .Select(workload => workload.Missing).OfType<string>())
            {
                screen.Line($"  {missing}");
            }
        }
    }

    private static int Width(string title, IEnumerable<string> cells) =>
        cells.Append(title).Max(cell => cell.Length) + 2;

    private static string Pods(SystemHealth one)
    {
        var running = one.Workloads.Where(look => look.Exists && look.Workload.Kind != "job").ToArray();
        return running.Length == 0 ? "-" : $"{running.Sum(look => look.Ready)}/{running.Sum(look => look.Wanted)}";
    }

    private static string Alerts(SystemHealth one) => one switch
    {
        { State: SystemState.Down } => "-",
        { Firing: null } => "unknown",
        { Firing: { IsEmpty: true } } => "none",
        { Firing: { } firing } => string.Join(",", firing),
    };
}
