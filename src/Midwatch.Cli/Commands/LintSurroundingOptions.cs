using System.CommandLine;
using System.CommandLine.Parsing;
using Midwatch.Cli.Linting;

namespace Midwatch.Cli.Commands;

/// <summary>What <c>midwatch lint</c> may hold documents against.</summary>
internal sealed class LintSurroundingOptions
{
    private readonly Option<string[]> _rules = LintCommand.Several("--rules", "FILE",
        "Prometheus rule files or PrometheusRule objects, or folders with them.");

    private readonly Option<string[]> _manifests = LintCommand.Several("--manifests", "DIR",
        "Kubernetes manifests, or folders with them.");

    private readonly Option<bool> _cluster = new("--cluster")
    {
        Description = "Ask the cluster of the kubeconfig whether what commands name is there. Only lists.",
    };

    private readonly Option<Uri?> _prometheus = new("--prometheus")
    {
        Description = "A running Prometheus that is asked about PromQL (default: promtool, where it is installed).",
        HelpName = "URL",
        CustomParser = Address,
    };

    private readonly Option<string?> _kubeconfig = CommonOptions.Kubeconfig();
    private readonly Option<string?> _data = CommonOptions.Data();

    /// <summary>Puts them on a command, with what goes with what.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(_rules);
        command.Options.Add(_manifests);
        command.Options.Add(_cluster);
        command.Options.Add(_kubeconfig);
        command.Options.Add(_prometheus);
        command.Options.Add(_data);
        command.Validators.Add(Check);
    }

    /// <summary>The request with what was given of them.</summary>
    internal LintRequest Apply(LintRequest request, ParseResult parsed) => request with
    {
        Rules = [.. parsed.GetValue(_rules) ?? []],
        Manifests = [.. parsed.GetValue(_manifests) ?? []],
        Cluster = parsed.GetValue(_cluster),
        Kubeconfig = parsed.GetValue(_kubeconfig),
        Data = parsed.GetValue(_data),
        Prometheus = parsed.GetValue(_prometheus),
    };

    private void Check(CommandResult result)
    {
        if (result.GetValue(_kubeconfig) is not null && !result.GetValue(_cluster))
        {
            result.AddError("--kubeconfig goes with --cluster.");
        }
    }

    /// <summary>The address; the library reads no addresses itself.</summary>
    private static Uri? Address(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address)
            && address.Scheme is ("http" or "https"))
        {
            return address;
        }

        given.AddError("--prometheus takes an address such as http://localhost:9090.");
        return null;
    }
}
