using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Execution.Steps;

/// <summary>
/// How much a command may do: what policy and approvals have granted. Judged again as each program starts.
/// </summary>
public sealed record Allowance
{
    /// <summary>Gets what the diagnosis may do: read, and touch its own folder and ports.</summary>
    public static Allowance Reading { get; } = new() { Most = Effect.Read };

    /// <summary>
    /// The worst effect that is allowed. Local changes (a port-forward, a file of the step's own) count as reads.
    /// </summary>
    public required Effect Most { get; init; }

    /// <summary>Whether temporary pods may be made. By default their question is asked another way.</summary>
    public bool TemporaryPods { get; init; }

    /// <summary>Whether synthetic requests (a test order) may be sent although they change something.</summary>
    public bool SyntheticRequests { get; init; }

    /// <summary>Whether output may hold secrets. It is redacted all the same.</summary>
    public bool SecretOutput { get; init; }

    /// <summary>
    /// The vectors that were approved, as <see cref="CommandPreview.ArgumentVectors"/> gave them: exactly these run,
    /// or nothing.
    /// Default for a command that needs no approval.
    /// </summary>
    public ImmutableArray<ImmutableArray<string>> Sealed { get; init; }

    /// <summary>Tells why an effect is more than is allowed; null when it is not.</summary>
    internal string? Objection(CommandEffect effect)
    {
        var isLocal = effect.Effect == Effect.Change && effect.Marks.HasFlag(Marks.Local);
        var isSynthetic = SyntheticRequests && effect.Effect == Effect.Change && effect.Marks.HasFlag(Marks.Synthetic);
        if (effect.Effect > Most && !isLocal && !isSynthetic)
        {
            var why = effect.Reasons.IsDefaultOrEmpty ? "" : " " + effect.Reasons[0];
            return $"Its effect is '{Word(effect.Effect)}', and at most '{Word(Most)}' is allowed here.{why}";
        }

        return null;
    }

    private static string Word(Effect effect) => effect switch
    {
        Effect.Read => "read",
        Effect.Change => "change",
        Effect.Destroy => "destroy",
        _ => "unknown",
    };
}
