using System.Collections.Immutable;
using System.CommandLine;
using Midwatch.Cli.Places;
using Midwatch.Cli.Systems;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch systems</c>: the reference systems on the local cluster.</summary>
internal static class SystemsCommand
{
    internal static Command Build(Screen screen)
    {
        var data = CommonOptions.Data();
        var command = new Command("systems", """
            The reference systems: small, real service landscapes that runbooks can be tried on. They run on the local
            cluster of the data directory.

            Examples:
              midwatch systems list
              midwatch systems up NAME --wait
              midwatch systems down

            Exit status: 0 done, 1 not (completely) done, 2 wrong use, 3 could not be done.
            """)
        {
            List(screen, data), Up(screen, data), Down(screen, data),
        };
        command.Options.Add(data);
        return command;
    }

    private static Command List(Screen screen, Option<string?> data)
    {
        var format = CommonOptions.Format("text");
        var command = new Command("list", """
            Lists the systems and how each is: its state, ready pods, the alerts that fire.

            Examples:
              midwatch systems list
              midwatch systems list --format json
            """)
        {
            format,
        };
        command.SetAction((parsed, cancellationToken) => Session(screen, parsed.GetValue(data))
            .ListAsync(parsed.GetRequiredValue(format), cancellationToken));
        return command;
    }

    private static Command Up(Screen screen, Option<string?> data)
    {
        var name = new Argument<string>("NAME") { Description = "The system, as 'systems list' calls it." };
        var wait = new Option<bool>("--wait") { Description = "Wait until every workload of it is ready." };
        var set = new Option<string[]>("--set")
        {
            Description = "What ${NAME} in its manifests stands for; may be repeated.",
            HelpName = "NAME=VALUE",
        };
        set.Validators.Add(result =>
        {
            foreach (var given in result.GetValue(set) ?? [])
            {
                if (given.IndexOf('=', StringComparison.Ordinal) < 1)
                {
                    result.AddError($"--set takes NAME=VALUE, not '{given}'.");
                }
            }
        });
        var command = new Command("up", """
            Brings a system up on the local cluster; starts the cluster when none runs.

            Examples:
              midwatch systems up NAME --wait
              midwatch systems up NAME --set MIDWATCH_ALERTS_ADDRESS=127.0.0.1:9095
            """)
        {
            name, wait, set,
        };
        command.SetAction((parsed, cancellationToken) => new SystemStart(
            screen, DataDirectory.Resolve(parsed.GetValue(data)), TimeProvider.System).UpAsync(
                parsed.GetRequiredValue(name),
                (parsed.GetValue(set) ?? []).Select(pair => pair.Split('=', 2)).Aggregate(
                    ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
                    (values, pair) => values.SetItem(pair[0], pair[1])),
                parsed.GetValue(wait), cancellationToken));
        return command;
    }

    private static Command Down(Screen screen, Option<string?> data)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "The system; without it every system that is up.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("down", """
            Deletes what a system's manifests made and waits until it is gone. The cluster stays: 'midwatch cluster down'.

            Examples:
              midwatch systems down NAME
              midwatch systems down
            """)
        {
            name,
        };
        command.SetAction((parsed, cancellationToken) => Session(screen, parsed.GetValue(data))
            .DownAsync(parsed.GetValue(name), cancellationToken));
        return command;
    }

    private static SystemsSession Session(Screen screen, string? data) =>
        new(screen, DataDirectory.Resolve(data), TimeProvider.System);
}
