using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Causes;

/// <summary>Which observations are meant. Empty lists match everything.</summary>
/// <param name="NotValues">Values that do not match.</param>
/// <param name="AboutSubject">Only observations whose value names the cause's subject (a log line that names its
/// host).</param>
public sealed record ObservationPattern(
    string Type, ImmutableArray<string> Keys, ImmutableArray<string> Values, ImmutableArray<string> NotValues,
    bool AboutSubject = false);
