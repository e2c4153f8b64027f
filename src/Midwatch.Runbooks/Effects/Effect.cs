namespace Midwatch.Runbooks.Effects;

/// <summary>What a command does to the world, mildest first. A step's is the worst of its parts.</summary>
public enum Effect
{
    /// <summary>It only looks.</summary>
    Read = 0,

    /// <summary>It changes something; an inverse exists and nothing is lost.</summary>
    Change = 1,

    /// <summary>What it does cannot be told. It never runs by itself, in any phase.</summary>
    Unknown = 2,

    /// <summary>Something is gone afterwards.</summary>
    Destroy = 3,
}

/// <summary>What is to be known of a command beside its effect.</summary>
[Flags]
public enum Marks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It disrupts traffic or work under way (restart, scale down, cordon).</summary>
    Disrupts = 1,

    /// <summary>It makes something that is meant to go again (a temporary pod).</summary>
    Temporary = 2,

    /// <summary>It touches only the machine it runs on (a port-forward, a local file).</summary>
    Local = 4,

    /// <summary>It sends the service a request that does some work (a test translation).</summary>
    Synthetic = 8,

    /// <summary>It prints secret values.</summary>
    PrintsSecret = 16,

    /// <summary>It does not end by itself.</summary>
    Endless = 32,

    /// <summary>It needs a terminal.</summary>
    Interactive = 64,
}
