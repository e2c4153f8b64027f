namespace Midwatch.Diagnosis.Causes;

/// <summary>A kind of symptom that a cause explains.</summary>
/// <param name="Downstream">Whether it explains it at everything that needs the subject, too.</param>
public sealed record Explanation(ObservationPattern Pattern, bool Downstream);
