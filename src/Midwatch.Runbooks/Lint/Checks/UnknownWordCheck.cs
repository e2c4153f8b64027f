using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Verbs and options that kubectl does not have (MW2002, MW2003, MW2004).</summary>
internal sealed class UnknownWordCheck : DocumentCheck
{
    private readonly HashSet<string> _plugins =
        LintData.Rows("plug-ins.txt").Select(row => row[0]).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        document.Kubectl.SelectMany(call => Verb(call).Concat(Options(call)));

    private IEnumerable<Report> Verb(CommandCall call)
    {
        if (call.Parsed is { StrangeVerb: null, Path: [var brought, ..] } && _plugins.Contains(brought))
        {
            yield return ByPlugin(call, call.Words[0].Text, brought);
            yield break;
        }

        if (call.Parsed!.StrangeVerb is not { Known: true } strange || strange.Text.Length < 2
            || !strange.Text.All(c => char.IsAsciiLetterLower(c) || c == '-'))
        {
            yield break;
        }

        var verbs = call.Parsed.Verb.Verbs.Keys;
        var name = call.Verb.Length == 0 ? call.Words[0].Text : $"{call.Words[0].Text} {call.Verb}";
        var near = Nearest.To(strange.Text, verbs);
        yield return near is null
            ? ByPlugin(call, name, strange.Text)
            : new Report("MW2002", call.PlaceOf(strange.Text),
                $"'{name}' has no verb '{strange.Text}'.", $"Did you mean '{near}'?");
    }

    private static Report ByPlugin(CommandCall call, string name, string verb) => new(
        "MW2003", call.PlaceOf(verb), $"'{name}' has no verb '{verb}' of its own.",
        "Say in the document which plugin brings it, and how to install it.");

    private static IEnumerable<Report> Options(CommandCall call)
    {
        if (call.Parsed!.StrangeVerb is not null || call.Parsed.Verb.Lenient || call.Parsed.Path.Length == 0)
        {
            yield break;
        }

        foreach (var option in call.Parsed.Options.Where(option => option.Specification is null))
        {
            var word = call.Words.FirstOrDefault(each => each.Text == option.Name
                || each.Text.StartsWith(option.Name + "=", StringComparison.Ordinal));
            if (call.Parsed.Verb.Options.ContainsKey(option.Name))
            {
                // Written before the verb, which takes it all the same.
                continue;
            }

            if (word.Text is null || word.KnownLength < option.Name.Length || RemovedWords.Knows(call, option.Name))
            {
                continue;
            }

            var near = Nearest.To(option.Name, Known(call.Parsed.Verb, call.Tool!), call.Words[0].Text == "oc" ? 1 : 2);
            if (near is not null || call.Words[0].Text != "oc")
            {
                yield return new Report("MW2004", call.PlaceOf(option.Name),
                    $"'{call.Words[0].Text} {call.Verb}' has no option '{option.Name}'.",
                    near is null ? $"'{call.Words[0].Text} {call.Verb} --help' lists its options."
                        : $"Did you mean '{near}'?");
            }
        }
    }

    private static IEnumerable<string> Known(VerbSpecification verb, ToolSpecification tool) =>
        verb.Options.Keys.Concat(tool.Verb.Options.Keys).Where(name => name.StartsWith("--", StringComparison.Ordinal));
}
