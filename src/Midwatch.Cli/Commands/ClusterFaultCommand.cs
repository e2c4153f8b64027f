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
        var format = CommonOptions.Format("text");
        var list = new Command("list", "Lists the faults that any workload can be given, the system's own, and which "
            + "are injected.") { format };
        list.SetAction((parsed, _) => Task.FromResult(
            Session(parsed).List(parsed.GetValue(format) == "json")));
        var (target, space, life) = (Target(), Space(), Life());
        var command = new Command("fault", """
            Breaks a workload or a reference system on the local cluster, and takes it back. With --target any workload
            is broken in one of the standard ways; without it the fault is one of the system's own.

            Examples:
              midwatch cluster fault list
              midwatch cluster fault inject oom --target deployment/web -n shop --for 10
              midwatch cluster fault revert oom

            Exit status: 0 done, 1 not (completely) done, 2 wrong use, 3 no cluster.
            """)
        {
            list,
            Inject(),
            Revert(),
        };
        command.Options.Add(system);
        return command;

        Command Inject()
        {
            var id = new Argument<string>("ID") { Description = "The fault, as 'fault list' calls it." };
            var one = new Command("inject", "Injects a fault, step by step.") { id, target, space, life };
            one.SetAction((parsed, stop) => parsed.GetValue(target) is { } named
                ? Session(parsed).InjectStandardAsync(
                    parsed.GetRequiredValue(id), named, parsed.GetRequiredValue(space),
                    TimeSpan.FromMinutes(parsed.GetValue(life)), stop)
                : Session(parsed).InjectAsync(parsed.GetRequiredValue(id), stop));
            return one;
        }

        FaultSession Session(ParseResult parsed) =>
            new(screen, DataDirectory.Resolve(parsed.GetValue(data)), parsed.GetValue(system));

        Command Revert()
        {
            var id = new Argument<string>("ID") { Description = "The fault, as 'fault list' calls it." };
            var (place, within) = (Target(), new Option<string?>("--namespace", "-n")
            {
                Description = "The namespace it was injected into; needed when it is in several.",
                HelpName = "NS",
            });
            var one = new Command("revert", "Takes an injected fault back. One that is injected in several places is "
                + "named by its target or namespace too.") { id, place, within };
            one.SetAction((parsed, stop) => Session(parsed).RevertAsync(new(parsed.GetRequiredValue(id))
            {
                Target = parsed.GetValue(place),
                Namespace = parsed.GetValue(within),
            }, stop));
            return one;
        }
    }

    private static Option<string?> Target() => new("--target")
    {
        Description = "What to break: deployment/NAME, statefulset/NAME, cronjob/NAME, secret/NAME, or a node.",
        HelpName = "KIND/NAME",
    };

    private static Option<string> Space() => new("--namespace", "-n")
    {
        Description = "The namespace of the target.",
        HelpName = "NS",
        DefaultValueFactory = _ => "default",
    };

    private static Option<int> Life() => new("--for")
    {
        Description = "After how many minutes it reverts by itself.",
        HelpName = "MINUTES",
        DefaultValueFactory = _ => 30,
    };
}
