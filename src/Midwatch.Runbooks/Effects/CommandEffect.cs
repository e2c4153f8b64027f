using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects;

/// <summary>What a command will do, as the effect data and its words tell.</summary>
public sealed record CommandEffect
{
    /// <summary>The worst effect of its parts.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The marks of all its parts.</summary>
    public required Marks Marks { get; init; }

    /// <summary>
    /// The first program that does the work (wrappers such as <c>sudo</c> seen through); empty for shell builtins only.
    /// </summary>
    public required string Program { get; init; }

    /// <summary>Its verb, such as <c>rollout undo</c>; null where the program has none.</summary>
    public string? Subcommand { get; init; }

    /// <summary>What it acts on or looks at; null when it names nothing.</summary>
    public TargetReference? Target { get; init; }

    /// <summary>
    /// The shape of its action for the help check (data: <c>undo-rollout</c>, <c>restart</c>, <c>scale-down</c>,
    /// <c>restore-secret</c>, <c>delete-pods</c>, <c>patch</c>, …); null for reads.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>
    /// The object whose manifest it prints instead of making it (<c>create --dry-run=client -o yaml</c>); null for
    /// none.
    /// </summary>
    public TargetReference? Makes { get; init; }

    /// <summary>
    /// Options and variables that lead to another cluster, account, user or project (<c>--context</c>,
    /// <c>AWS_PROFILE</c>); empty for none. See wall 5.
    /// </summary>
    public ImmutableArray<string> Elsewhere { get; init; } = [];

    /// <summary>
    /// Hosts that it reaches and that, by the form of their names, cannot be of the bound cluster
    /// (<c>api.example.com</c>); empty for none. A host known only at run time is told then.
    /// </summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Why it is what it is: one sentence for each part that decided, worst first.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>
    /// For a part: where its call stands in the text that was judged; null for a whole, and for a call judged alone.
    /// </summary>
    public SourceSpan? Span { get; init; }

    /// <summary>
    /// The effects of its single program calls, in order (pipeline members, wrapped and substituted commands).
    /// </summary>
    public required ImmutableArray<CommandEffect> Parts { get; init; }

    /// <summary>
    /// Words with holes, as written, that some language reads as code: SQL, awk, a shell's text. What fills the
    /// holes must be plain.
    /// </summary>
    internal ImmutableArray<string> CodeWords { get; init; } = [];
}

/// <summary>An object, or a set of objects, that a command names.</summary>
/// <param name="Kind">The kind in the singular and lower case (<c>deployment</c>, <c>pod</c>); <c>url</c> for
/// HTTP.</param>
public sealed record TargetReference(string Kind, string? Name, string? Namespace, string? Selector,
    int? Replicas = null);
