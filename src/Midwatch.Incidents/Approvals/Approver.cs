namespace Midwatch.Incidents.Approvals;

/// <summary>Who answers. Before sign-in exists this is the user of the operating system.</summary>
/// <param name="User">The user's name.</param>
/// <param name="UserId">The numeric user id: the name may be shared or changed, the id decides who is the same
/// person.</param>
/// <param name="Host">The machine.</param>
public sealed record Approver(string User, long UserId, string Host)
{
    /// <summary>True when both are one person: nobody gives two approvals.</summary>
    public bool IsSamePersonAs(Approver other) =>
        UserId == other.UserId && string.Equals(Host, other.Host, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{User} on {Host}";
}

/// <summary>How an answer was given.</summary>
public enum ApprovalMethod
{
    /// <summary>Somebody read the plan and typed the answer.</summary>
    Terminal,

    /// <summary><c>--yes</c> was given beforehand: good for <c>change</c> on the marked local cluster only.</summary>
    YesOption,
}

/// <summary>An approval that counts.</summary>
public sealed record Approval(Approver By, ApprovalMethod Method, DateTimeOffset At);
