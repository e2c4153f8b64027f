using System.CommandLine;
using System.CommandLine.Parsing;
using Midwatch.Cli.Scripts;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary>
/// <c>midwatch shell run</c>: a script without a shell, each of its programs judged before it starts.
/// </summary>
internal static class ShellRunCommand
{
    internal static Command Build(Screen screen)
    {
        var file = new Argument<string>("FILE") { Description = "The script; - is standard input." };
        var words = new Argument<string[]>("ARG")
        {
            Description = "What the script sees as $1, $2, …; behind --.", Arity = ArgumentArity.ZeroOrMore,
        };
        var policy = new Option<string>("--policy")
        {
            Description = "The worst effect that a program may have.",
            DefaultValueFactory = _ => "read",
        };
        policy.AcceptOnlyFromAmong("read", "change", "destroy");
        var set = new Option<string[]>("--set")
        {
            Description = "A value for a placeholder or a variable; data, never code.", HelpName = "NAME=VALUE",
        };
        var writable = new Option<string?>("--writable")
        {
            Description = "Redirections may write below this folder. Without it they write nothing.", HelpName = "DIR",
        };
        var limit = new Option<double?>("--time-limit")
        {
            Description = "After so many seconds everything is ended.", HelpName = "SECONDS",
        };
        var runbook = new Option<bool>("--runbook") { Description = "Read it as a block of a runbook: with "
            + "placeholders." };
        var effects = CommonOptions.Effects();
        var json = new Option<bool>("--json") { Description = "One document at the end instead of the output as "
            + "it comes." };
        var command = new Command("run", """
            Runs a script without a shell: what is no builtin is a program, started only after its expanded arguments
            were judged. What speaks against the script is told before anything of it runs.

            Examples:
              midwatch shell run diagnose.sh
              midwatch shell run diagnose.sh --policy read --set NAMESPACE=shop -- web-0
              midwatch shell run --runbook block.txt --set pod-name=web-0 --json
              midwatch shell run collect.sh --writable out
              midwatch shell run shopctl.sh --effects docs/effects

            Exit status: the script's own; 125 refused, and nothing was run; 124 stopped on the way; 130 Ctrl-C;
            2 wrong use, no such file, or effect data that cannot be used.
            """)
        {
            file, words, policy, set, writable, limit, runbook, effects, json,
        };
        command.Validators.Add(result => Validate(result, set, limit));
        command.SetAction((parsed, cancellationToken) => new ShellRunVerb(screen, Console.OpenStandardInput).RunAsync(
            new ShellRunRequest
            {
                File = parsed.GetRequiredValue(file),
                Arguments = [.. parsed.GetValue(words) ?? []],
                Policy = parsed.GetRequiredValue(policy),
                Values = [.. parsed.GetValue(set) ?? []],
                Writable = parsed.GetValue(writable),
                TimeLimit = parsed.GetValue(limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Runbook = parsed.GetValue(runbook),
                Effects = parsed.GetValue(effects),
                Json = parsed.GetValue(json),
            },
            cancellationToken));
        return command;
    }

    private static void Validate(CommandResult result, Option<string[]> set, Option<double?> limit)
    {
        foreach (var each in result.GetValue(set) ?? [])
        {
            if (each.IndexOf('=', StringComparison.Ordinal) <= 0)
            {
                result.AddError($"--set takes NAME=VALUE, not '{each}'.");
            }
        }

        if (result.GetValue(limit) is <= 0 or > 1_000_000)
        {
            result.AddError("--time-limit takes a number of seconds above 0.");
        }
    }
}
