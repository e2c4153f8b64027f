using System.CommandLine;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch cluster</c>: the embedded local cluster.</summary>
internal static class ClusterCommand
{
    internal static Command Build(Screen screen)
    {
        var data = CommonOptions.Data();
        var command = new Command("cluster", """
            The embedded local cluster: stock kubectl works on it, containers are processes of this machine.

            Example:
              midwatch cluster up
              eval "$(midwatch cluster env)"
              kubectl get pods -A
              midwatch cluster apply my-manifests/
              midwatch cluster down
            """)
        {
            Up(screen, data),
            Simple("down", "Stops the cluster and everything that runs on it.", data,
                place => new RunningCluster(screen, place).DownAsync),
            Simple("status", "Says whether a cluster runs, and where.", data,
                place => new RunningCluster(screen, place).StatusAsync),
            Simple("env", "Prints the line that points kubectl at the cluster, for eval.", data,
                place => new RunningCluster(screen, place).EnvironmentAsync),
            ClusterApplyCommand.Build(screen, data),
            ClusterFaultCommand.Build(screen, data),
        };
        command.Options.Add(data);
        return command;
    }

    private static Command Up(Screen screen, Option<string?> data)
    {
        var foreground = new Option<bool>("--foreground") { Description = "Stay in the terminal until Ctrl-C." };
        var port = new Option<int>("--port")
        {
            Description = "Port of the API server on 127.0.0.1; 0 takes a free one.",
        };
        var nodes = new Option<int>("--nodes") { Description = "How many nodes.", DefaultValueFactory = _ => 1 };
        var audit = new Option<string?>("--audit")
        {
            HelpName = "FILE",
            Description = "Append one JSON line per request that changes something: who, what, and how it ended.",
        };
        port.Validators.Add(result =>
        {
            if (result.GetValue(port) is < 0 or > 65535)
            {
                result.AddError("--port takes a number from 0 to 65535.");
            }
        });
        nodes.Validators.Add(result =>
        {
            if (result.GetValue(nodes) is < 1 or > 50)
            {
                result.AddError("--nodes takes a number from 1 to 50.");
            }
        });
        var command = new Command("up", "Starts the cluster, in the background unless told otherwise.")
        {
            foreground,
            port,
            nodes,
            audit,
        };
        command.SetAction((parsed, cancellationToken) => new ClusterStartUp(
            screen, DataDirectory.Resolve(parsed.GetValue(data)), parsed.GetValue(port), parsed.GetValue(nodes))
        {
            AuditFile = parsed.GetValue(audit) is { } file ? Path.GetFullPath(file) : null,
        }.RunAsync(parsed.GetValue(foreground), cancellationToken));
        return command;
    }

    private static Command Simple(
        string name, string description, Option<string?> data,
        Func<DataDirectory, Func<CancellationToken, Task<int>>> action)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellationToken) =>
            action(DataDirectory.Resolve(parsed.GetValue(data)))(cancellationToken));
        return command;
    }
}
