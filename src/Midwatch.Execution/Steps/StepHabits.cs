using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Execution.Data;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Steps;

/// <summary>What has to be known of programs to run them unattended (data: <c>steps.yaml</c>).</summary>
internal sealed class StepHabits
{
    private readonly YamlMappingNode _waiting;
    private readonly YamlMappingNode _forwards;
    private readonly YamlMappingNode _answers;
    private readonly YamlMappingNode _terminals;

    public StepHabits()
    {
        var data = DataFile.Read("steps.yaml");
        (_waiting, _forwards) = (Part(data, "waiting"), Part(data, "forwards"));
        (_answers, _terminals) = (Part(data, "answers"), Part(data, "terminals"));
        Pods = new TemporaryPod(data);
    }

    public TemporaryPod Pods { get; }

    /// <summary>Whether waiting is what the command is for.</summary>
    public bool Waits(ImmutableArray<string> argv) =>
        Name(argv) is { } name && _waiting.Texts(name).Any(verb => HasWords(argv, verb));

    /// <summary>Whether the command keeps a port open.</summary>
    public bool Forwards(ImmutableArray<string> argv) =>
        Name(argv) is { } name && _forwards.Text(name) is { } verb && HasWords(argv, verb);

    /// <summary>What a status other than 0 says, when it only answers a question; null when it is a failure.</summary>
    public string? Answer(ImmutableArray<string> argv, int status) =>
        Name(argv) is { } name && _answers.Children.TryGetValue(name, out var answers)
            ? ((YamlMappingNode)answers).Text(status.ToString(CultureInfo.InvariantCulture))
            : null;

    /// <summary>
    /// The vector without what asks for a terminal. Standard input stays asked for: it may come from a pipe.
    /// </summary>
    public ImmutableArray<string> WithoutTerminal(ImmutableArray<string> argv)
    {
        if (Name(argv) is not { } name || !_terminals.Children.TryGetValue(name, out var node)
            || !((YamlMappingNode)node).Texts("verbs").Any(verb => HasWords(argv, verb)))
        {
            return argv;
        }

        var dashes = argv.IndexOf("--");
        var end = dashes < 0 ? argv.Length : dashes;
        var options = argv[..end].Select(word => WithoutTerminal(word, (YamlMappingNode)node)).OfType<string>();
        return [.. options, .. argv[end..]];
    }

    /// <summary>A word without its request for a terminal; null when nothing is left of it.</summary>
    private static string? WithoutTerminal(string word, YamlMappingNode terminal)
    {
        if (terminal.Texts("long").Any(option => word == option || word == option + "=true"))
        {
            return null;
        }

        var letter = terminal.Text("short") ?? "t";
        var isCluster = word.Length > 1 && word[0] == '-' && word.AsSpan(1).IndexOfAnyExcept('i', letter[0]) < 0;
        if (!isCluster)
        {
            return word;
        }

        var rest = word.Replace(letter, "", StringComparison.Ordinal);
        return rest == "-" ? null : rest;
    }

    // The verb may stand behind options and their values, so it is looked for among all words before `--`.
    private static bool HasWords(ImmutableArray<string> argv, string verb)
    {
        var words = argv.Skip(1).TakeWhile(word => word != "--").ToArray();
        var wanted = verb.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(wanted, want =>
            words.Any(word => word == want || word.StartsWith(want + "=", StringComparison.Ordinal)));
    }

    private static string? Name(ImmutableArray<string> argv) =>
        argv.IsDefaultOrEmpty ? null : Path.GetFileName(argv[0]);

    private static YamlMappingNode Part(YamlMappingNode data, string name) => (YamlMappingNode)data.Children[name];
}
