namespace Midwatch.Runbooks.Wording;

/// <summary>What a labelled value of a document or section says ("Severity: critical").</summary>
internal enum FieldMeaning
{
    /// <summary>A named value that is only told.</summary>
    Other,

    /// <summary>The alerts by name.</summary>
    Alert,

    /// <summary>How bad it is.</summary>
    Severity,

    /// <summary>The condition under which the alert fires.</summary>
    Threshold,

    /// <summary>How long the condition holds before it fires.</summary>
    Duration,

    /// <summary>How long recovery takes.</summary>
    Recovery,

    /// <summary>What is seen, or what may have caused it.</summary>
    Sign,

    /// <summary>When a branch of the mending is the right one.</summary>
    When,

    /// <summary>Who is hit, and how.</summary>
    Impact,
}
