using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Observations;

/// <summary>One kind of fact.</summary>
/// <param name="Read">The read that shows it: it is absent only where that read was made.</param>
/// <param name="EveryValueIsFinding">Whether every value tells of something wrong.</param>
/// <param name="FindingValues">Else the values that do.</param>
/// <param name="IsTransient">Whether it comes and goes while the trouble stays; such facts seal no approval.</param>
/// <param name="Meaning">One sentence for people.</param>
public sealed record ObservationType(
    string Id, string Read, bool EveryValueIsFinding, ImmutableArray<string> FindingValues, bool IsTransient,
    string Meaning);
