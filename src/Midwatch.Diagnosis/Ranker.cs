using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis;

/// <summary>Ranks the scenarios of a procedure by evidence. Pure: same input, same answer.</summary>
public static class Ranker
{
    /// <summary>Ranks.</summary>
    /// <param name="struckOut">Ids of scenarios that failed before in this incident.</param>
    public static Ranking Rank(
        Procedure procedure, Evidence evidence, CauseCatalog causes, ImmutableHashSet<string> struckOut) =>
        throw new NotImplementedException("lands next");
}
