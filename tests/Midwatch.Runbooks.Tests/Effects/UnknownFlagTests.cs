using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>
/// Random vectors made of the data's own verbs, options and operands: what the data does not know makes nothing milder.
/// </summary>
public sealed class UnknownFlagTests
{
    private const int RoundsForEachTool = 6;
    private static readonly EffectJudge Judge = EffectJudge.Default();

    private static readonly string[] Operands =
        ["x", "list", "get", "status", "y/z", "a=b", "help", "show", "1", "describe", "/tmp/x", "all", "delete"];

    private static readonly string[] Strange =
        ["--frob", "-%", "--frob=1", "--zzz-dry-run", "-%x", "--no-frob", "-§", "--frob-list", "-%l", "-%n", "-%t"];

    [Fact]
    public void An_unknown_flag_never_makes_a_command_milder()
    {
        var faults = new List<string>();
        var compared = 0;
        foreach (var (tool, specification) in Tools())
        {
            var random = new Dice(tool.Length * 7919);
            for (var round = 0; round < RoundsForEachTool; round++)
            {
                var units = Vector(tool, specification.Verb, random);
                List<string[]> more = [.. units];
                more.Insert(random.Next(1, units.Count + 1), [Strange[random.Next(Strange.Length)]]);
                var (before, after) = (Effects(units), Effects(more));
                compared++;

                // An unknown option before a verb may have eaten the verb: then all is unknown, which may be milder
                // than to destroy, and never runs by itself either.
                if (after < before && after != Effect.Unknown)
                {
                    faults.Add($"{Shown(units)}: {before}; {Shown(more)}: {after}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(compared > 4000);
    }

    [Fact]
    public void A_wrapper_is_never_milder_than_what_it_runs()
    {
        string[][] wrappers =
        [
            ["sudo"], ["timeout", "5"], ["nice"], ["nohup"], ["env", "A=1"], ["watch", "-x"], ["xargs"],
            ["kubectl", "exec", "p", "--"], ["docker", "exec", "c"], ["ssh", "h"], ["time"], ["command"],
        ];
        var faults = new List<string>();
        foreach (var (tool, specification) in Tools())
        {
            var random = new Dice(tool.Length * 104729);
            var words = Vector(tool, specification.Verb, random);
            var inner = Effects(words);
            foreach (var wrapper in wrappers)
            {
                List<string[]> wrapped = [wrapper, .. words];
                var outer = Effects(wrapped);
                if (outer < inner)
                {
                    faults.Add($"{Shown(wrapped)}: {outer}, inside {inner}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static Effect Effects(List<string[]> units) =>
        Judge.JudgeCall([.. units.SelectMany(unit => unit)], []).Effect;

    private static string Shown(List<string[]> units) => string.Join(' ', units.SelectMany(unit => unit));

    private static IEnumerable<(string Name, ToolSpecification Tool)> Tools()
    {
        var index = DataFile.Read("Effects/Data/index.yaml");
        return index.Keys.SelectMany(file => ToolReader.Read(DataFile.Read($"Effects/Data/{file}.yaml")))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value));
    }

    /// <summary>A vector in units: an option stays with its value.</summary>
    private static List<string[]> Vector(string tool, VerbSpecification verb, Dice random)
    {
        List<string[]> words = [[tool]];
        Add(words, verb, random);
        while (verb.Verbs.Count > 0 && random.Next(8) > 0)
        {
            var names = verb.Verbs.Keys.Order(StringComparer.Ordinal).ToImmutableArray();
            var name = names[random.Next(names.Length)];
            verb = verb.Verbs[name];
            words.Add([name == "*" ? "service" : name]);
            Add(words, verb, random);
        }

        for (var count = random.Next(4); count > 0; count--)
        {
            words.Add([Operands[random.Next(Operands.Length)]]);
            Add(words, verb, random);
        }

        return words;
    }

    private static void Add(List<string[]> words, VerbSpecification verb, Dice random)
    {
        if (verb.Options.IsEmpty || random.Next(3) > 0)
        {
            return;
        }

        var names = verb.Options.Keys.Order(StringComparer.Ordinal).ToImmutableArray();
        var name = names[random.Next(names.Length)];
        var operand = Operands[random.Next(Operands.Length)];
        words.Add(verb.Options[name].Takes switch
        {
            OptionValue.Word => [name, operand],
            OptionValue.Two => [name, "x", operand],
            _ => [name],
        });
    }

    /// <summary>Numbers that look random and are the same in each run.</summary>
    private sealed class Dice(int seed)
    {
        private long _state = seed;

        public int Next(int end)
        {
            _state = ((_state * 1664525) + 1013904223) % (1L << 32);
            return (int)((_state >> 8) % end);
        }

        public int Next(int first, int end) => first + Next(end - first);
    }
}
