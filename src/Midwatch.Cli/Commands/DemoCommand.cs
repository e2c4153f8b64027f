using System.CommandLine;
using Midwatch.Cli.Demo;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch demo</c>: the whole story on the local cluster.</summary>
internal static class DemoCommand
{
    internal static Command Build(Screen screen)
    {
        var data = CommonOptions.Data();
        var yes = new Option<bool>("--yes")
        {
            Description = "Answer the approval with yes: for what can be taken back, on the local cluster only.",
        };
        var fault = new Option<string?>("--fault")
        {
            Description = "How the system is broken (default: the system's own).",
            HelpName = "ID",
        };
        var runbook = new Option<string?>("--runbook")
        {
            Description = "The Markdown runbook that heals it (default: the system's own).",
            HelpName = "FILE",
        };
        var system = new Option<string?>("--system")
        {
            Description = "Which reference system (default: the one marked for the demo).",
            HelpName = "NAME",
        };
        var realTime = new Option<bool>("--real-time")
        {
            Description = "Shorten no waiting time: rules, scrapes and settling as in production.",
        };
        var serve = new Option<bool>("--serve") { Description = "Keep the cluster up at the end, until Ctrl-C." };
        var command = new Command("demo", """
            The whole story on the local cluster: a system comes up, is broken, its alert fires, its own Markdown
            runbook diagnoses and heals it under approval, recovery is proven, the post-mortem is written.

            Examples:
              midwatch demo
              midwatch demo --yes --fault redis-down
              midwatch demo --runbook ../shared/seeds/000_509936021474eac1.txt

            Exit status: 0 recovered, 1 not healed, 2 wrong use, 3 could not be done.
            """)
        {
            yes, fault, runbook, system, realTime, serve, data,
        };
        command.SetAction((parsed, cancellationToken) => new DemoStory(
            screen,
            new DemoOptions
            {
                Yes = parsed.GetValue(yes),
                Fault = parsed.GetValue(fault),
                Runbook = parsed.GetValue(runbook),
                System = parsed.GetValue(system),
                RealTime = parsed.GetValue(realTime),
                Serve = parsed.GetValue(serve),
            },
            DataDirectory.Resolve(parsed.GetValue(data)),
            TimeProvider.System).TellAsync(cancellationToken));
        return command;
    }
}
