namespace Midwatch.Diagnosis.Causes;

/// <summary>Where, seen from a subject, an observation is looked for.</summary>
public enum Reach
{
    /// <summary>At the subject, its pods and their containers.</summary>
    Here,

    /// <summary>At what the subject needs, directly or not.</summary>
    Upstream,

    /// <summary>At what needs the subject, directly or not.</summary>
    Downstream,

    /// <summary>At Services that send to the subject.</summary>
    Services,

    /// <summary>At the nodes that its pods run on.</summary>
    Nodes,

    /// <summary>At its namespace and what is the namespace's own (quotas).</summary>
    Namespace,
}
