namespace Reference.Resilience;

/// <summary>What a circuit breaker does with the next request.</summary>
public enum CircuitState
{
    /// <summary>It passes.</summary>
    Closed,

    /// <summary>It may pass, as a try.</summary>
    HalfOpen,

    /// <summary>It is refused.</summary>
    Open,
}
