using System.Collections.Immutable;

namespace Midwatch.Incidents.Procedures;

/// <summary>Which procedure answers an alert.</summary>
public abstract record ProcedureMatch
{
    private ProcedureMatch()
    {
    }

    /// <summary>Exactly one does.</summary>
    /// <param name="Why">The line that binds it, in words.</param>
    public sealed record Found(ProcedureBrief Procedure, string Why) : ProcedureMatch;

    /// <summary>More than one does, and nothing tells which; none is taken.</summary>
    public sealed record Ambiguous(ImmutableArray<string> Candidates) : ProcedureMatch;

    /// <summary>None does.</summary>
    /// <param name="Reason">What was looked for, and where.</param>
    public sealed record None(string Reason) : ProcedureMatch;
}
