using System.CommandLine;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch cluster apply</c>: manifests, or a whole reference system, on the local cluster.</summary>
internal static class ClusterApplyCommand
{
    internal static Command Build(Screen screen, Option<string?> data)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Manifests: files, or folders with *.yaml in them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var system = new Option<string?>("--system")
        {
            Description = "Apply this reference system too: its manifests, and its alert rules as they are.",
            HelpName = "NAME",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "What ${NAME} in the manifests stands for; may be repeated.",
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
        var command = new Command("apply", """
            Applies manifests to the local cluster, as 'kubectl apply' does, without kubectl.

            Examples:
              midwatch cluster apply my-manifests/ extra.yaml
              midwatch cluster apply --system NAME --set MIDWATCH_ALERTS_ADDRESS=127.0.0.1:9095

            Exit status: 0 all applied, 1 some were not, 2 wrong use, 3 no cluster.
            """)
        {
            paths, system, set,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(paths) is null or [] && result.GetValue(system) is null)
            {
                result.AddError("apply takes a PATH with manifests, or --system NAME.");
            }
        });
        command.SetAction((parsed, cancellationToken) => new ManifestSession(
            screen, DataDirectory.Resolve(parsed.GetValue(data))).ApplyAsync(
                parsed.GetValue(paths) ?? [], parsed.GetValue(system), parsed.GetValue(set) ?? [], cancellationToken));
        return command;
    }
}
