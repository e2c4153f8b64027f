using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>
/// Writes the reference pages of the tools from the effect data: what each verb does, which options matter, and why.
/// </summary>
internal static class ToolPages
{
    /// <summary>All pages by file name; <c>README.md</c> is the index.</summary>
    public static ImmutableSortedDictionary<string, string> All()
    {
        var pages = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var index = DataFile.Read("Effects/Data/index.yaml");
        var contents = new StringBuilder("""
            # What Midwatch knows of programs

            Made from the effect data (`src/Midwatch.Runbooks/Effects/Data`); do not edit: the tests of Runbooks write
            these pages anew with `MIDWATCH_UPDATE_GOLDEN=1`. [effect-data.md](../effect-data.md) explains the words.
            What is not listed (a program, a verb, an option) is `unknown` and never runs by itself.


            """);
        foreach (var file in index.Keys)
        {
            var data = DataFile.Read($"Effects/Data/{file}.yaml");
            var tools = ToolReader.Read(data);
            contents.Append(CultureInfo.InvariantCulture, $"## {file}\n\n");
            foreach (var names in Names(data))
            {
                var tool = tools[names[0]];
                var page = Page(names, tool);
                var isPlain = !page.Contains("\n- ", StringComparison.Ordinal);
                var name = $"{names[0].Replace('/', '-')}.md";
                if (!isPlain)
                {
                    pages[name] = page;
                }

                var title = isPlain ? $"`{names[0]}`" : $"[`{names[0]}`]({name})";
                var others = names.Length > 1 ? $", {string.Join(", ", names[1..].Select(Code))}" : "";
                contents.Append(CultureInfo.InvariantCulture, $"- {title}{others}: {Outcome(tool.Verb)}\n");
            }

            contents.Append('\n');
        }

        pages["README.md"] = contents.ToString().TrimEnd('\n') + "\n";
        return pages.ToImmutable();
    }

    private static IEnumerable<ImmutableArray<string>> Names(DataMap data) => data.Maps("tools")
        .Select(map => map.Texts("names") is { IsEmpty: false } given ? given : [map.Required("tool")]);

    private static string Page(ImmutableArray<string> names, ToolSpecification tool)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {names[0]}\n\n");
        if (names.Length > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"Also: {string.Join(", ", names[1..].Select(Code))}.\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{Outcome(tool.Verb)}\n");
        Details(text, tool.Verb);
        Verbs(text, "", tool.Verb);
        return text.ToString();
    }

    private static void Verbs(StringBuilder text, string path, VerbSpecification verb)
    {
        var groups = verb.Verbs.GroupBy(pair => pair.Value, pair => pair.Key, ReferenceEqualityComparer.Instance);
        foreach (var group in groups.OrderBy(each => each.Min(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            var inner = (VerbSpecification)group.Key!;
            var names = string.Join(", ", group.Order(StringComparer.Ordinal).Select(name => Code($"{path}{name}")));
            text.Append(CultureInfo.InvariantCulture, $"\n## {names}\n\n{Outcome(inner)}\n");
            Details(text, inner);
            Verbs(text, $"{path}{group.Min(StringComparer.Ordinal)} ", inner);
        }
    }

    private static void Details(StringBuilder text, VerbSpecification verb)
    {
        var lines = new List<string>();
        lines.AddRange(verb.Rules.Where(rule => rule.Effect is not null || rule.Marks != Marks.None).Select(Rule));
        lines.AddRange(verb.Options
            .Where(pair => Note(pair.Value) is not null)
            .GroupBy(pair => Note(pair.Value)!, pair => pair.Key, StringComparer.Ordinal)
            .Select(group => (Names: string.Join(", ", group.Order(StringComparer.Ordinal).Select(Code)), group.Key))
            .OrderBy(each => each.Names, StringComparer.Ordinal)
            .Select(each => $"- {each.Names}: {each.Key}"));
        var harmless = verb.Options.Where(pair => Note(pair.Value) is null).Select(pair => pair.Key)
            .Order(StringComparer.Ordinal).ToList();
        if (harmless.Count > 0 && !verb.Lenient)
        {
            lines.Add($"- change nothing: {string.Join(", ", harmless.Select(Code))}");
        }

        if (lines.Count > 0)
        {
            text.Append('\n').AppendJoin('\n', lines).Append('\n');
        }
    }

    private static string Rule(EffectRule rule)
    {
        var when = string.Join(" and ", rule.Conditions.Select(ConditionWords.Of));
        return $"- {when}: {Shown(rule.Effect, rule.Marks)}{(rule.Why is { } why ? $". {why}" : "")}";
    }

    private static string? Note(OptionSpecification option) => option switch
    {
        { Raises: { } raises } when raises.Effect > Effect.Read || raises.Marks != Marks.None =>
            $"{Shown(raises.Effect, raises.Marks)}. {raises.Why}",
        { Payload: { } payload } => $"its value is read as {payload}",
        { Role: "elsewhere" } => "leads to another cluster, account, user or file of settings: refused",
        { Role: "host" or "uri" or "address" } => "its host is told; one outside the cluster needs a person",
        { Role: "secret" } => "its value is a secret and is never stored",
        { Role: "output" } => "change local. The answer is written into a file.",
        _ => null,
    };

    private static string Outcome(VerbSpecification verb)
    {
        var notes = new List<string> { Shown(verb.Effect, verb.Marks) };
        notes.AddRange(
        [
            .. verb.Why is { } why ? [why.TrimEnd('.')] : Array.Empty<string>(),
            .. verb.Wraps is null ? Array.Empty<string>() : ["the command that it runs is looked into"],
            .. verb.Operands is { } operands ? [$"operands are read as {operands.Reader}"] : Array.Empty<string>(),
            .. verb.Input is { } input ? [$"its input is read as {input}"] : Array.Empty<string>(),
            .. verb.Bare is { } bare ? [$"given nothing: {Shown(bare.Effect, bare.Marks)}"] : Array.Empty<string>(),
            .. verb.Reader is { } reader ? [ReaderWords(reader)] : Array.Empty<string>(),
            .. verb.Lenient ? ["options that are not listed change nothing"] : Array.Empty<string>(),
        ]);
        return string.Join("; ", notes) + ".";
    }

    private static string ReaderWords(string reader) => reader switch
    {
        "http" => "the method, the body and the address decide: `POST`, `PUT` and `PATCH` are **change**, `DELETE` is "
            + "**destroy**, addresses that act are in `http.yaml`",
        "find" => "what `-exec` and its like run is looked into",
        "manifest" => "what `-f` names decides: only what stands in the document is known",
        "copy" => "the side that is written decides: here **change** local, elsewhere **change** disrupts",
        _ => reader,
    };

    private static string Shown(Effect? effect, Marks marks)
    {
        string[] words = [.. effect is { } known ? [$"**{known.Name()}**"] : Array.Empty<string>(), .. marks.Names()];
        return string.Join(' ', words);
    }

    private static string Code(string text) => $"`{text}`";
}
