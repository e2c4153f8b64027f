namespace Midwatch.Diagnosis.Scenarios;

/// <summary>What an action would do about a cause.</summary>
public enum Help
{
    /// <summary>It mends it.</summary>
    Helps,

    /// <summary>It changes nothing about it.</summary>
    NoEffect,

    /// <summary>It makes it worse.</summary>
    Harms,

    /// <summary>The data does not say.</summary>
    NotKnown,

    /// <summary>
    /// It is no remedy of its own: it gives back what another command took, or touches only this machine.
    /// </summary>
    Neutral,
}
