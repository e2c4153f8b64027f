using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Everything that a subshell gets a copy of. Used by one flow of control at a time.</summary>
internal sealed class ShellState
{
    private const int ReferencesMax = 8;

    public ShellState(string workingDirectory) => WorkingDirectory = workingDirectory;

    private ShellState(ShellState other)
    {
        WorkingDirectory = other.WorkingDirectory;
        DirectoryStack = other.DirectoryStack;
        Variables = other.Variables;
        Functions = other.Functions;
        Positional = other.Positional;
        Options = other.Options;
        Traps = other.Traps;
        LastStatus = other.LastStatus;
        PipeStatus = other.PipeStatus;
        LastJob = other.LastJob;
        LastArgument = other.LastArgument;
        Calls = other.Calls;
        Hidden = other.Hidden;
        OptionOffset = other.OptionOffset;
        Surroundings = other.Surroundings;
        SubshellDepth = other.SubshellDepth;
    }

    public string WorkingDirectory { get; set; }

    /// <summary>Gets what tells this subshell from others: each waits for its own background commands only.</summary>
    public object Identity { get; } = new();

    /// <summary>Gets or sets what <c>pushd</c> has kept, the newest first.</summary>
    public ImmutableList<string> DirectoryStack { get; set; } = [];

    public ImmutableDictionary<string, ShellVariable> Variables { get; set; } =
        ImmutableDictionary.Create<string, ShellVariable>(StringComparer.Ordinal);

    public ImmutableDictionary<string, Statement> Functions { get; set; } =
        ImmutableDictionary.Create<string, Statement>(StringComparer.Ordinal);

    public ImmutableArray<string> Positional { get; set; } = [];

    public ShellOptionSet Options { get; set; } = new();

    /// <summary>Gets or sets what <c>trap</c> has set, by the signal's name without SIG.</summary>
    public ImmutableSortedDictionary<string, TrapAction> Traps { get; set; } =
        ImmutableSortedDictionary.Create<string, TrapAction>(StringComparer.Ordinal);

    public int LastStatus { get; set; }

    public ImmutableArray<int> PipeStatus { get; set; } = [0];

    /// <summary>Gets or sets the number of the last background job, for <c>$!</c>.</summary>
    public int? LastJob { get; set; }

    /// <summary>Gets or sets the last word of the last command, for <c>$_</c>.</summary>
    public string LastArgument { get; set; } = string.Empty;

    /// <summary>Gets or sets the functions that run, the innermost first, with the places of their calls.</summary>
    public ImmutableStack<FunctionCall> Calls { get; set; } = [];

    public int FunctionDepth { get; set; }

    public int SubshellDepth { get; set; }

    /// <summary>Gets or sets the letter within a word at which <c>getopts</c> goes on.</summary>
    public int OptionOffset { get; set; }

    /// <summary>Gets or sets whether a builtin wrote to a pipe that nobody reads: SIGPIPE ends bash then.</summary>
    public bool PipeBroken { get; set; }

    /// <summary>Gets or sets the place of the command that runs, for <c>$LINENO</c>.</summary>
    public SourceSpan Place { get; set; }

    public ShellSurroundings Surroundings { get; set; } = new();

    /// <summary>
    /// Gets or sets what ends the work on this state: whatever may take long, as patterns and arithmetic may, looks at
    /// it again and again and throws.
    /// </summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Gets or sets the values that <c>local</c> has hidden in the running function, to be put back.</summary>
    public ImmutableDictionary<string, ShellVariable?>? Hidden { get; set; }

    public ShellState Copy() => new(this) { FunctionDepth = FunctionDepth, Place = Place };

    /// <summary>The value of a variable or a special parameter as one text; null when it is not set.</summary>
    public string? Get(string name) => name switch
    {
        "?" => LastStatus.ToString(CultureInfo.InvariantCulture),
        "#" => Positional.Length.ToString(CultureInfo.InvariantCulture),
        "$" => Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        "!" => LastJob?.ToString(CultureInfo.InvariantCulture),
        "-" => Options.Letters(),
        "_" => LastArgument,
        "0" => Surroundings.ScriptName,
        "@" or "*" => Positional.IsEmpty ? null : string.Join(' ', Positional),
        _ when char.IsAsciiDigit(name[0]) => Positional.ElementAtOrDefault(PositionalIndex(name)),
        _ => Find(name)?.Scalar,
    };

    /// <summary>A variable, also one that is computed; references are followed.</summary>
    public ShellVariable? Find(string name)
    {
        var target = Resolve(name);
        return Variables.TryGetValue(target, out var variable) ? variable : ComputedVariables.Find(target, this);
    }

    /// <summary>The name of the variable that a name stands for, which is another for references.</summary>
    public string Resolve(string name)
    {
        for (var i = 0; i < ReferencesMax; i++)
        {
            if (Variables.GetValueOrDefault(name)?.Reference is not { Length: > 0 } target)
            {
                break;
            }

            name = target;
        }

        return name;
    }

    /// <summary>The separators of words: <c>IFS</c>, or blank, tab and line break when it is not set.</summary>
    public string Separators => Variables.GetValueOrDefault("IFS")?.Text ?? " \t\n";

    public bool IsForeign(string name) => Variables.GetValueOrDefault(Resolve(name))?.Foreign == true;

    /// <summary>Gives a plain variable a value, or an array its element 0; false when it is read-only.</summary>
    public bool TrySet(string name, string value, bool foreign = false)
    {
        var old = Variables.GetValueOrDefault(Resolve(name)) ?? new ShellVariable();
        if (old.ReadOnly)
        {
            return false;
        }

        Put(name, old.WithScalar(value) with { Foreign = foreign });
        return true;
    }

    public void Put(string name, ShellVariable variable)
    {
        var target = Resolve(name);
        if (target == "OPTIND")
        {
            OptionOffset = 0;
        }

        if (ComputedVariables.TakesValue(target, variable, this))
        {
            return;
        }

        Variables = Variables.SetItem(
            target,
            Options.AllExport && !variable.Exported ? variable with { Exported = true } : variable);
    }

    /// <summary>What a program sees.</summary>
    public ImmutableSortedDictionary<string, string> ExportedVariables() => Variables
        .Where(pair => pair.Value is { Exported: true, Text: not null })
        .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Text!, StringComparer.Ordinal);

    private static int PositionalIndex(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index > 0 ? index - 1
            : int.MaxValue;
}
