namespace Midwatch.Kubernetes;

/// <summary>What an API server answered, or why it did not. Expected failures are values, never exceptions.</summary>
/// <typeparam name="T">What a good answer holds.</typeparam>
public abstract record KubernetesAnswer<T>
{
    private KubernetesAnswer()
    {
    }

    /// <summary>It answered.</summary>
    public sealed record Done(T Value) : KubernetesAnswer<T>;

    /// <summary>401 or 403: the identity may not.</summary>
    public sealed record Denied(string Message) : KubernetesAnswer<T>;

    /// <summary>404: it is not there, or the server does not know the kind.</summary>
    public sealed record NotFound(string Message) : KubernetesAnswer<T>;

    /// <summary>409 or 412: it changed in the meantime.</summary>
    public sealed record Conflict(string Message) : KubernetesAnswer<T>;

    /// <summary>Any other status than success.</summary>
    public sealed record Rejected(int Status, string Message) : KubernetesAnswer<T>;

    /// <summary>No answer came: no connection, broken TLS, broken answer.</summary>
    public sealed record Unreachable(string Message) : KubernetesAnswer<T>;

    /// <summary>No answer came in time.</summary>
    public sealed record TimedOut(TimeSpan Limit) : KubernetesAnswer<T>;

    /// <summary>The failure in a sentence; null when it is <see cref="Done"/>.</summary>
    public string? Failure => this switch
    {
        Denied denied => denied.Message,
        NotFound missing => missing.Message,
        Conflict conflict => conflict.Message,
        Rejected rejected => $"{rejected.Message} (HTTP {rejected.Status})",
        Unreachable unreachable => unreachable.Message,
        TimedOut late => FormattableString.Invariant($"no answer within {late.Limit.TotalSeconds:0.#} s"),
        _ => null,
    };

    /// <summary>The same answer with another value, or the same failure.</summary>
    public KubernetesAnswer<TOther> Select<TOther>(Func<T, TOther> convert) => this switch
    {
        Done done => new KubernetesAnswer<TOther>.Done(convert(done.Value)),
        Denied denied => new KubernetesAnswer<TOther>.Denied(denied.Message),
        NotFound missing => new KubernetesAnswer<TOther>.NotFound(missing.Message),
        Conflict conflict => new KubernetesAnswer<TOther>.Conflict(conflict.Message),
        Rejected rejected => new KubernetesAnswer<TOther>.Rejected(rejected.Status, rejected.Message),
        Unreachable unreachable => new KubernetesAnswer<TOther>.Unreachable(unreachable.Message),
        TimedOut late => new KubernetesAnswer<TOther>.TimedOut(late.Limit),
        _ => throw new System.Diagnostics.UnreachableException("KubernetesAnswer is closed."),
    };
}
