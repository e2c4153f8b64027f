using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Data;

namespace Midwatch.Diagnosis.Lexicons;

/// <summary>Finds causes and observations in what people write. Data: <c>Lexicons/*.yaml</c>.</summary>
internal sealed class Lexicon
{
    private static readonly Lazy<Lexicon> Embedded = new(() => new Lexicon());

    private readonly ImmutableArray<CauseWords> _causes;
    private readonly ImmutableArray<ObservationWords> _observations;
    private readonly FrozenSet<string> _stopWords;
    private readonly FrozenSet<string> _generic;

    private Lexicon()
    {
        var causes = EmbeddedYaml.LoadOne("Lexicons/causes.yaml");
        _causes =
        [
            .. causes.Records("phrases").Select(item => new CauseWords(
                [.. item.Texts("causes").Select(id => Known(item, id))], Phrases(item), item.Flag("dependency"))),
        ];
        _stopWords = Set(causes, "stopwords");
        _generic = Set(causes, "generic");
        _observations =
        [
            .. EmbeddedYaml.LoadOne("Lexicons/observations.yaml").Records("phrases").Select(item =>
                new ObservationWords(CauseReader.ReadPredicate(item, item.Member("when")), Phrases(item))),
        ];
    }

    public static Lexicon Default => Embedded.Value;

    /// <summary>The causes that a text speaks of, each with the words that did it.</summary>
    public ImmutableArray<NamedCause> CausesIn(string text)
    {
        var stems = Stems.Of(text);
        return
        [
            .. _causes
                .SelectMany(entry => entry.Phrases.Where(phrase => phrase.IsIn(stems)).Take(1)
                    .SelectMany(
                        phrase => entry.Causes.Select(id => new NamedCause(id, phrase.Written, entry.Dependency))))

                // Words that speak of the service itself are wider than those that speak of what it needs.
                .GroupBy(named => named.Cause, StringComparer.Ordinal)
                .Select(group => group.OrderBy(named => named.DependencyOnly).First()),
        ];
    }

    /// <summary>What a text says is observed; empty when the lexicon has no words for it.</summary>
    public ImmutableArray<Predicate> ObservationsIn(string text)
    {
        var stems = Stems.Of(text);
        return [.. _observations.Where(entry => entry.Phrases.Any(phrase => phrase.IsIn(stems)))
            .Select(entry => entry.Predicate)];
    }

    /// <summary>The stems of a text that tell what it is about.</summary>
    public ImmutableArray<string> Telling(string text) =>
        [.. Stems.Of(text).Where(stem => !_stopWords.Contains(stem)).Distinct(StringComparer.Ordinal)];

    /// <summary>The stems of a text that may name an object.</summary>
    public ImmutableArray<string> Naming(string text) => [.. Telling(text).Where(stem => !_generic.Contains(stem))];

    private static FrozenSet<string> Set(YamlRecord file, string member) =>
        file.Texts(member).SelectMany(word => Stems.Of(word)).ToFrozenSet(StringComparer.Ordinal);

    private static ImmutableArray<Phrase> Phrases(YamlRecord item) => [.. item.Texts("words").Select(Phrase.Of)];

    private static string Known(YamlRecord item, string id) =>
        CauseCatalog.Default().Find(id) is null ? throw item.Fault($"the cause '{id}' is not in the closed list") : id;

    private sealed record CauseWords(ImmutableArray<string> Causes, ImmutableArray<Phrase> Phrases, bool Dependency);

    private sealed record ObservationWords(Predicate Predicate, ImmutableArray<Phrase> Phrases);
}

/// <summary>A cause that a text speaks of.</summary>
internal sealed record NamedCause(string Cause, string Words, bool DependencyOnly);
