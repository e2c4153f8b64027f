using System.Collections.Immutable;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>What the data says of a tool, or of one of its verbs.</summary>
internal sealed record VerbSpecification
{
    /// <summary>Its effect when no rule says otherwise.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Its marks in any case.</summary>
    public Marks Marks { get; init; }

    /// <summary>The shape of its action; null for reads.</summary>
    public string? Action { get; init; }

    /// <summary>Why it has its effect; null for a sentence made of its name.</summary>
    public string? Why { get; init; }

    /// <summary>Its own options; those of the verbs above it count too.</summary>
    public required ImmutableDictionary<string, OptionSpecification> Options { get; init; }

    /// <summary>Whether one of its own options does more than the verb, or carries code.</summary>
    public bool HasActingOptions => Options.Values.Any(option =>
        option.Raises?.Effect > Effect || option.Payload is not null || option.Role is "output" or "method" or "body");

    /// <summary>Its verbs; empty when its operands are no verbs.</summary>
    public required ImmutableDictionary<string, VerbSpecification> Verbs { get; init; }

    /// <summary>Tried in order; the first that holds and has an effect replaces the verb's.</summary>
    public required ImmutableArray<EffectRule> Rules { get; init; }

    /// <summary>
    /// Where its target stands: <c>objects</c>, <c>default:pod</c>, <c>fixed:node</c>, <c>url</c>; null for none.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The command that it runs for the caller; null for none.</summary>
    public Wrapping? Wraps { get; init; }

    /// <summary>The reader of its operands (<c>awk</c>, <c>redis</c>, …); null for none.</summary>
    public Payload? Operands { get; init; }

    /// <summary>Its operands are names of variables that it sets.</summary>
    public bool Assigns { get; init; }

    /// <summary>Which operands name hosts; null for none.</summary>
    public HostOperands? Hosts { get; init; }

    /// <summary>Reads the call as a whole (<c>http</c>, <c>find</c>, …); null for none.</summary>
    public string? Reader { get; init; }

    /// <summary>
    /// The reader of its standard input when no operand or option gives the payload; null when input is only data.
    /// </summary>
    public string? Input { get; init; }

    /// <summary>The effect when nothing at all is given that it would run; null for the verb's own.</summary>
    public Raise? Bare { get; init; }

    /// <summary>Options that are something to do by themselves, so that <see cref="Bare"/> does not hold.</summary>
    public ImmutableArray<string> BareUnless { get; init; } = [];

    /// <summary>Options may come only before the first operand.</summary>
    public bool OptionsFirst { get; init; }

    /// <summary>Options that the data does not know are harmless (programs that only ever print).</summary>
    public bool Lenient { get; init; }
}

/// <summary>Operands that a payload reader understands.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Index">The operand to read; null for all of them together.</param>
/// <param name="Unless">Options that give the payload themselves, so that no operand is one.</param>
internal sealed record Payload(string Reader, int? Index, ImmutableArray<string> Unless);

/// <summary>Operands that name hosts.</summary>
/// <param name="Index">The operand; null for all.</param>
/// <param name="Pattern">Only those that match are hosts; null for every one.</param>
internal sealed record HostOperands(int? Index, WordPattern? Pattern);

/// <summary>How a tool runs another command.</summary>
/// <param name="Behind">The command stands behind <c>--</c>.</param>
/// <param name="Skip">Operands before the command; null when only <c>--</c> introduces it.</param>
/// <param name="Shell">The words are joined and read by a shell.</param>
/// <param name="Remote">The command runs elsewhere: what it writes is not on this machine.</param>
/// <param name="Transparent">The inner program is the one that does the work.</param>
/// <param name="Assignments">Words of the form <c>NAME=value</c> before the command are variables for it.</param>
/// <param name="Appends">More words, known only at run time, come behind the command.</param>
/// <param name="Unless">With one of these options nothing is run.</param>
/// <param name="Entrypoint">An option whose value names the image that may bring the program.</param>
/// <param name="Image">The operand that names the image; null when an option does.</param>
/// <param name="Fills">Options whose value is a text within the command that data replaces.</param>
internal sealed record Wrapping(
    bool Behind,
    int? Skip,
    bool Shell,
    bool Remote,
    bool Transparent,
    bool Assignments,
    bool Appends,
    ImmutableArray<string> Unless,
    string? Entrypoint,
    int? Image,
    ImmutableArray<string> Fills);
