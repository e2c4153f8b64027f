using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Everything that a subshell gets a copy of. Used by one flow of control at a time.</summary>
internal sealed class ShellState
{
    public ShellState(string workingDirectory) => WorkingDirectory = workingDirectory;

    private ShellState(ShellState other)
    {
        WorkingDirectory = other.WorkingDirectory;
        Variables = other.Variables;
        Functions = other.Functions;
        Positional = other.Positional;
        Options = other.Options;
        LastStatus = other.LastStatus;
        PipeStatus = other.PipeStatus;
        LastJob = other.LastJob;
        FunctionDepth = other.FunctionDepth;
    }

    public string WorkingDirectory { get; set; }

    public ImmutableDictionary<string, ShellVariable> Variables { get; set; } =
        ImmutableDictionary.Create<string, ShellVariable>(StringComparer.Ordinal);

    public ImmutableDictionary<string, Statement> Functions { get; set; } =
        ImmutableDictionary.Create<string, Statement>(StringComparer.Ordinal);

    public ImmutableArray<string> Positional { get; set; } = [];

    public ShellOptionSet Options { get; set; } = new();

    public int LastStatus { get; set; }

    public ImmutableArray<int> PipeStatus { get; set; } = [0];

    /// <summary>Gets or sets the number of the last background job, for <c>$!</c>.</summary>
    public int? LastJob { get; set; }

    public int FunctionDepth { get; set; }

    /// <summary>Gets or sets the values that <c>local</c> has hidden in the running function, to be put back.</summary>
    public ImmutableDictionary<string, ShellVariable?>? Hidden { get; set; }

    public ShellState Copy() => new(this);

    /// <summary>The value of a variable or a special parameter as one text; null when it is not set.</summary>
    public string? Get(string name) => name switch
    {
        "?" => LastStatus.ToString(CultureInfo.InvariantCulture),
        "#" => Positional.Length.ToString(CultureInfo.InvariantCulture),
        "$" => Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        "!" => LastJob?.ToString(CultureInfo.InvariantCulture),
        "-" => Options.Letters(),
        "0" => "midwatch",
        "@" or "*" => Positional.IsEmpty ? null : string.Join(' ', Positional),
        _ when char.IsAsciiDigit(name[0]) => Positional.ElementAtOrDefault(PositionalIndex(name)),
        _ => Find(name)?.Scalar,
    };

    /// <summary>A variable, also <c>PIPESTATUS</c>, which is computed.</summary>
    public ShellVariable? Find(string name) => name == "PIPESTATUS"
        ? new ShellVariable
        {
            Elements = PipeStatus
                .Select((status, i) => KeyValuePair.Create((long)i, status.ToString(CultureInfo.InvariantCulture)))
                .ToImmutableSortedDictionary(),
        }
        : Variables.GetValueOrDefault(name);

    /// <summary>The separators of words: <c>IFS</c>, or blank, tab and line break when it is not set.</summary>
    public string Separators => Variables.GetValueOrDefault("IFS")?.Text ?? " \t\n";

    public bool IsForeign(string name) => Variables.GetValueOrDefault(name)?.Foreign == true;

    /// <summary>Gives a plain variable a value, or an array its element 0; false when it is read-only.</summary>
    public bool TrySet(string name, string value, bool foreign = false)
    {
        var old = Variables.GetValueOrDefault(name) ?? new ShellVariable();
        if (old.ReadOnly)
        {
            return false;
        }

        var variable = old.Elements is { } elements
            ? old with { Elements = elements.SetItem(0, value) }
            : old with { Text = value };
        Put(name, variable with { Foreign = foreign });
        return true;
    }

    public void Put(string name, ShellVariable variable) => Variables = Variables.SetItem(
        name,
        Options.AllExport && !variable.Exported ? variable with { Exported = true } : variable);

    /// <summary>What a program sees.</summary>
    public ImmutableSortedDictionary<string, string> ExportedVariables() => Variables
        .Where(pair => pair.Value is { Exported: true, Text: not null })
        .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Text!, StringComparer.Ordinal);

    private static int PositionalIndex(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index > 0 ? index - 1
            : int.MaxValue;
}
