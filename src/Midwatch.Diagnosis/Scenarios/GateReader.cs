using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Data;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Reads what the gates' predicates ask of the evidence, from <c>Lexicons/gates.yaml</c>.</summary>
internal static class GateReader
{
    public static ImmutableDictionary<string, Predicate> ReadAll() =>
        EmbeddedYaml.LoadOne("Lexicons/gates.yaml").Records("gates").ToImmutableDictionary(
            item => item.Needed("predicate"), item => CauseReader.ReadPredicate(item, item.Member("when")),
            StringComparer.Ordinal);
}
