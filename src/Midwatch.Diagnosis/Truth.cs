namespace Midwatch.Diagnosis;

/// <summary>The answer to a question about the cluster. What could not be asked is never an answer.</summary>
public enum Truth
{
    /// <summary>It does not hold.</summary>
    False = 0,

    /// <summary>It could not be told: a read was denied, failed or timed out.</summary>
    Unknown = 1,

    /// <summary>It holds.</summary>
    True = 2,
}
