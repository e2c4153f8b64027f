using System.CommandLine;

namespace Midwatch.Cli.Commands;

/// <summary>Options that several commands share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    internal static Option<string?> Data() => new("--data")
    {
        Description = "Where Midwatch keeps its state (default: $MIDWATCH_DATA, else $XDG_STATE_HOME/midwatch).",
        HelpName = "DIR",
        Recursive = true,
    };

    internal static Option<string> Colour()
    {
        var option = new Option<string>("--color")
        {
            Description = "When to colour; auto: on a terminal, unless NO_COLOR is set.",
            HelpName = "auto|always|never",
            DefaultValueFactory = _ => "auto",
            Recursive = true,
        };
        option.AcceptOnlyFromAmong("auto", "always", "never");
        return option;
    }

    internal static Option<string?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "The cluster (default: $KUBECONFIG, else ~/.kube/config); its current context counts.",
        HelpName = "FILE",
    };

    internal static Option<string?> Effects() => new("--effects")
    {
        Description = "Files (*.yaml) that say what your own programs do, beside the built-in effect data.",
        HelpName = "DIR",
    };

    internal static Option<string?> Procedure() => new("--procedure")
    {
        Description = "Which procedure of the runbook: its id, heading or alert. Needed where there are several.",
        HelpName = "P",
    };

    /// <param name="plain">The format for people, the default.</param>
    internal static Option<string> Format(string plain)
    {
        var option = new Option<string>("--format")
        {
            Description = $"{plain} for people, json for programs.",
            HelpName = $"{plain}|json",
            DefaultValueFactory = _ => plain,
        };
        option.AcceptOnlyFromAmong(plain, "json");
        return option;
    }
}
