using System.CommandLine;
using Midwatch.Cli.Linting;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch lint</c>: what is wrong with runbooks.</summary>
internal static class LintCommand
{
    private const string Description = """
        Says what is wrong with runbooks, with file, line and remedy. Needs no cluster; runs nothing but promtool.
        With --cluster it also lists what a cluster has, and changes nothing there.

        Examples:
          midwatch lint runbook.md
          midwatch lint docs/runbooks --rules alerts/ --manifests k8s/
          midwatch lint docs/runbooks --cluster --prometheus http://localhost:9090
          midwatch lint 'docs/**/*.md' --format sarif > midwatch.sarif
          midwatch lint docs --fail-on warning --disable MW2014
          cat runbook.md | midwatch lint -
          midwatch lint --explain MW2019

        In a document, '<!-- midwatch-disable-next-line MW2019: why -->' silences one place,
        'midwatch-disable' … 'midwatch-enable' a part, 'midwatch-disable-file' all. '.midwatch.yaml' sets the rest.

        Exit status: 0 nothing of the severity of --fail-on, 1 something, 2 wrong use or no such file,
        3 the cluster or Prometheus that was named did not answer.
        """;

    internal static Command Build(Screen screen)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Markdown files, folders, globs, or - for the standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = Format();
        var failOn = new Option<string?>("--fail-on")
        {
            Description = "From which severity on the exit status is 1 (default: error).",
            HelpName = "error|warning|note|never",
        };
        failOn.AcceptOnlyFromAmong("error", "warning", "note", "never");
        var around = new LintSurroundingOptions();
        var effects = CommonOptions.Effects();
        var enable = Several("--enable", "CODE", "Report this code although it is off by default.");
        var disable = Several("--disable", "CODE", "Do not report this code.");
        var all = new Option<bool>("--all") { Description = "Report every code, also those that are off by default." };
        var config = new Option<string?>("--config")
        {
            Description = "The configuration (default: the nearest .midwatch.yaml upward).", HelpName = "FILE",
        };
        var stdin = new Option<string?>("--stdin-name")
        {
            Description = "What the standard input is called in the report.", HelpName = "PATH",
        };
        var explain = new Option<string?>("--explain")
        {
            Description = "What a code means, with a bad and a good example.", HelpName = "CODE",
        };
        var codes = new Option<bool>("--codes") { Description = "List all codes." };
        var command = new Command("lint", Description)
        {
            paths, format, failOn, effects, enable, disable, all, config, stdin, explain, codes,
        };
        around.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(paths) is null or { Length: 0 } && result.GetValue(explain) is null
                && !result.GetValue(codes))
            {
                result.AddError("Name a file or a folder to lint.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var verb = new LintVerb(screen, TimeProvider.System);
            return parsed.GetValue(explain) is { } code ? Task.FromResult(verb.Explain(code))
                : parsed.GetValue(codes) ? Task.FromResult(verb.List())
                : verb.RunAsync(Request(parsed), cancellationToken);
        });
        return command;

        LintRequest Request(ParseResult parsed) => around.Apply(new LintRequest
        {
            Paths = [.. parsed.GetValue(paths) ?? []],
            Format = parsed.GetValue(format) ?? "text",
            FailOn = parsed.GetValue(failOn),
            Effects = parsed.GetValue(effects),
            Enable = [.. parsed.GetValue(enable) ?? []],
            Disable = [.. parsed.GetValue(disable) ?? []],
            All = parsed.GetValue(all),
            Config = parsed.GetValue(config),
            StdinName = parsed.GetValue(stdin) ?? "stdin.md",
        }, parsed);
    }

    private static Option<string> Format()
    {
        var format = new Option<string>("--format")
        {
            Description = "text for people, json for programs, sarif for code scanning, github for its annotations.",
            HelpName = "text|json|sarif|github",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "sarif", "github");
        return format;
    }

    internal static Option<string[]> Several(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = false };
}
