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
}
