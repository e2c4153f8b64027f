using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>What expansion needs from whoever runs commands.</summary>
internal interface IExpansionHost
{
    /// <summary>Runs a substitution and gives what it printed, without the line breaks at its end.</summary>
    ValueTask<string> CaptureAsync(WordPart.CommandSubstitution substitution);

    /// <summary>Starts the commands of a process substitution and gives the path of its pipe.</summary>
    ValueTask<string> SubstituteAsync(WordPart.ProcessSubstitution substitution);

    /// <summary>Gets whether the run is over, so that nobody wants the rest.</summary>
    bool MustEnd { get; }

    /// <summary>The value of a placeholder; null when it has none.</summary>
    string? Bound(string placeholder);
}
