using System.CommandLine;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch cluster fault</c>: breaks a reference system on the local cluster, and takes it back.</summary>
internal static class ClusterFaultCommand
{
    internal static Command Build(Screen screen, Option<string?> data)
    {
        var system = new Option<string?>("--system")
        {
            Description = "Which reference system (default: the one marked for the demo).",
            HelpName = "NAME",
            Recursive = true,
        };
        var list = new Command("list", "Lists the system's faults, and which are injected.");
        list.SetAction((parsed, _) => Task.FromResult(
            Session(parsed).List()));
        var command = new Command("fault", """
            Breaks a reference system on the local cluster, and takes it back.

            Examples:
              midwatch cluster fault list
              midwatch cluster fault inject redis-down
              midwatch cluster fault revert redis-down

            Exit status: 0 done, 1 not (completely) done, 2 wrong use, 3 no cluster.
            """)
        {
            list,
            OfOne("inject", "Injects a fault, step by step.", (session, id, stop) => session.InjectAsync(id, stop)),
            OfOne("revert", "Takes an injected fault back.", (session, id, stop) => session.RevertAsync(id, stop)),
        };
        command.Options.Add(system);
        return command;

        FaultSession Session(ParseResult parsed) =>
            new(screen, DataDirectory.Resolve(parsed.GetValue(data)), parsed.GetValue(system));

        Command OfOne(string name, string description, Func<FaultSession, string, CancellationToken, Task<int>> action)
        {
            var id = new Argument<string>("ID") { Description = "The fault, as 'fault list' calls it." };
            var one = new Command(name, description) { id };
            one.SetAction((parsed, cancellationToken) =>
                action(Session(parsed), parsed.GetRequiredValue(id), cancellationToken));
            return one;
        }
    }
}
