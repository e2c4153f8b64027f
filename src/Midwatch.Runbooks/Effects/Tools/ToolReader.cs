using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>
/// Reads tools from a data file. The file's form is described in <c>docs/reference/effect-data.md</c>.
/// </summary>
internal sealed class ToolReader
{
    private readonly Dictionary<string, DataMap> _sets = new(StringComparer.Ordinal);
    private FrozenSet<string> _groups = [];

    private ToolReader(DataMap file)
    {
        if (file.Map("sets") is { } sets)
        {
            foreach (var name in sets.Keys)
            {
                _sets.Add(name, sets.Map(name)!);
            }
        }
    }

    /// <summary>All tools of a file, by each of their names.</summary>
    public static ImmutableDictionary<string, ToolSpecification> Read(DataMap file)
    {
        var reader = new ToolReader(file);
        var tools = ImmutableDictionary.CreateBuilder<string, ToolSpecification>(StringComparer.Ordinal);
        foreach (var map in file.Maps("tools"))
        {
            var names = map.Texts("names") is { IsEmpty: false } given ? given : [map.Required("tool")];
            var shared = map.Text("tool") is { } tool ? reader.Tool(map, tool) : null;
            foreach (var name in names)
            {
                tools[name] = shared ?? reader.Tool(map, name);
            }
        }

        return tools.ToImmutable();
    }

    private ToolSpecification Tool(DataMap map, string name)
    {
        _groups = map.Texts("groups").ToFrozenSet(StringComparer.Ordinal);
        var entrypoints = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (map.Map("entrypoints") is { } programs)
        {
            entrypoints.AddRange(programs.Keys.Select(key => KeyValuePair.Create(key, programs.Required(key))));
        }

        return new ToolSpecification(name, map.Text("style") == "words", map.Flag("passes"), Verb(map, null))
        {
            Entrypoints = entrypoints.ToImmutable(),
            Replaces = map.Flag("replaces"),
        };
    }

    private VerbSpecification Verb(DataMap map, VerbSpecification? from)
    {
        var raise = RaiseReader.Read(map);
        return new VerbSpecification
        {
            Effect = raise?.Effect ?? from?.Effect ?? Effect.Unknown,
            Marks = RaiseReader.Marks(map),
            Action = map.Text("action"),
            Why = map.Text("why"),
            Options = Options(map),
            Verbs = Verbs(map),
            Rules = [.. RuleSets(map).SelectMany(each => each.Maps("rules")).Select(Rule)],
            Target = map.Text("target"),
            Hosts = Hosts(map),
            Assigns = map.Flag("assigns"),
            Wraps = Wraps(map),
            Operands = Operands(map),
            Reader = map.Text("reader"),
            Input = map.Text("input"),
            Bare = Bare(map),
            BareUnless = map.Map("bare")?.Texts("unless") ?? [],
            OptionsFirst = map.Flag("optionsFirst"),
            Lenient = map.Flag("lenient"),
        };
    }

    /// <summary>A verb's own rules come first, then those of the sets that it uses.</summary>
    private IEnumerable<DataMap> RuleSets(DataMap map) =>
        [map, .. map.Texts("use").Select(name => Set(name, map.Source))];

    private DataMap Set(string name, string source) => _sets.TryGetValue(name, out var set)
        ? set
        : throw new InvalidDataException($"{source}: there is no set '{name}'.");

    private ImmutableDictionary<string, VerbSpecification> Verbs(DataMap map)
    {
        var verbs = ImmutableDictionary.CreateBuilder<string, VerbSpecification>(StringComparer.Ordinal);
        if (map.Map("verbs") is { } children)
        {
            foreach (var key in children.Keys)
            {
                var verb = Verb(children.Map(key)!, null);
                foreach (var name in key.Split('|'))
                {
                    verbs.Add(name, verb);
                }
            }
        }

        return verbs.ToImmutable();
    }

    private ImmutableDictionary<string, OptionSpecification> Options(DataMap map)
    {
        var options = ImmutableDictionary.CreateBuilder<string, OptionSpecification>(StringComparer.Ordinal);
        foreach (var part in RuleSets(map).Reverse())
        {
            Fill(options, part.Texts("flags"), OptionSpecification.Flag);
            Fill(options, part.Texts("values"), OptionSpecification.Value);
            Fill(options, part.Texts("glued"), OptionSpecification.Glued);
            if (part.Map("options") is not { } special)
            {
                continue;
            }

            foreach (var key in special.Keys)
            {
                Fill(options, [.. key.Split('|')], Option(special.Map(key)!));
            }
        }

        return options.ToImmutable();
    }

    private static void Fill(
        ImmutableDictionary<string, OptionSpecification>.Builder options,
        ImmutableArray<string> names,
        OptionSpecification option)
    {
        foreach (var name in names)
        {
            options[name] = option;
        }
    }

    private static OptionSpecification Option(DataMap map) => new(
        map.Text("takes") switch
        {
            "word" => OptionValue.Word,
            "two" => OptionValue.Two,
            "glued" => OptionValue.Glued,
            _ => OptionValue.None,
        },
        RaiseReader.Read(map) is { } raise ? raise with { Why = map.Required("why") } : null,
        map.Text("payload"),
        map.Text("role"));

    private EffectRule Rule(DataMap map)
    {
        var raise = RaiseReader.Read(map);
        return new EffectRule(
            Conditions(map), raise?.Effect, RaiseReader.Marks(map), map.Text("action"), map.Text("why"));
    }

    private ImmutableArray<RuleCondition> Conditions(DataMap map)
    {
        var conditions = ImmutableArray.CreateBuilder<RuleCondition>();
        if (map.Texts("option") is { IsEmpty: false } names)
        {
            conditions.Add(new RuleCondition.Option(names, map.Texts("is"), Pattern(map.Text("matches"))));
        }

        if (map.Texts("without") is { IsEmpty: false } absent)
        {
            conditions.Add(new RuleCondition.Without(absent));
        }

        if (map.Texts("kind") is { IsEmpty: false } kinds)
        {
            conditions.Add(new RuleCondition.Kind(kinds));
        }

        if (Pattern(map.Text("operand")) is { } operand)
        {
            conditions.Add(new RuleCondition.Operand(operand, map.Number("at")));
        }

        if (Pattern(map.Text("verb")) is { } verb)
        {
            conditions.Add(new RuleCondition.Verb(verb, _groups));
        }

        if (Pattern(map.Text("words")) is { } words)
        {
            conditions.Add(new RuleCondition.Words(words));
        }

        if (Pattern(map.Text("only")) is { } only)
        {
            conditions.Add(new RuleCondition.Only(only));
        }

        if (map.Number("least") is not null || map.Number("most") is not null)
        {
            conditions.Add(new RuleCondition.Operands(map.Number("least") ?? 0, map.Number("most") ?? int.MaxValue));
        }

        return conditions.ToImmutable();
    }

    private static Wrapping? Wraps(DataMap map) => map.Map("wraps") is { } wraps
        ? new Wrapping(
            wraps.Flag("behind"),
            wraps.Number("skip"),
            wraps.Flag("shell"),
            wraps.Flag("remote"),
            wraps.Flag("transparent"),
            wraps.Flag("assignments"),
            wraps.Flag("appends"),
            wraps.Texts("unless"),
            wraps.Text("entrypoint"),
            wraps.Number("image"),
            wraps.Texts("fills"))
        : null;

    private static HostOperands? Hosts(DataMap map) => map.Map("hosts") is { } hosts
        ? new HostOperands(hosts.Number("at"), Pattern(hosts.Text("matches")))
        : null;

    private static Raise? Bare(DataMap map) => map.Map("bare") is { } bare
        ? RaiseReader.Read(bare)! with { Why = bare.Required("why") }
        : null;

    private static Payload? Operands(DataMap map) => map.Map("operands") is { } operands
        ? new Payload(operands.Required("payload"), operands.Number("at"), operands.Texts("unless"))
        : null;

    private static WordPattern? Pattern(string? text) => text is null ? null : new WordPattern(text);
}
