using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>The judgement of one call while it grows: it only ever gets worse.</summary>
internal sealed class Judgement(string program, CallPlace place)
{
    private readonly List<(Effect Effect, string Why)> _reasons = [];
    private readonly List<CommandEffect> _inner = [];

    public Effect Effect { get; private set; } = Effect.Read;

    public Marks Marks { get; private set; }

    public string? Subcommand { get; set; }

    public TargetReference? Target { get; set; }

    public string? Action { get; set; }

    public ImmutableArray<string> Elsewhere { get; set; } = [];

    public TargetReference? Makes { get; set; }

    public CallPlace Place => place;

    /// <summary>The inner program is the one that does the work: show it instead of this one.</summary>
    public bool Transparent { get; set; }

    /// <summary>Adds an effect with its reason.</summary>
    public void Add(Effect effect, Marks marks, string why)
    {
        Effect = effect > Effect ? effect : Effect;
        Marks |= marks;
        _reasons.Add((effect, why));
    }

    /// <summary>Adds what the data says.</summary>
    public void Add(Raise raise)
    {
        Add(raise.Effect, raise.Marks, raise.Why);
        Action = raise.Action ?? Action;
    }

    /// <summary>Adds marks alone.</summary>
    public void Mark(Marks marks) => Marks |= marks;

    /// <summary>Adds a command that this call runs.</summary>
    public void Add(CommandEffect inner) => _inner.Add(inner);

    /// <summary>The call's own part, followed by the parts of what it runs.</summary>
    public ImmutableArray<CommandEffect> Parts()
    {
        var marks = place.Remote ? Marks & ~Marks.Local : Marks;
        var own = new CommandEffect
        {
            Effect = Effect,
            Marks = marks,
            Program = program,
            Subcommand = Subcommand,
            Target = Target,
            Action = Effect == Effect.Read ? null : Action,
            Makes = Makes,
            Elsewhere = Elsewhere,
            Reasons = [.. _reasons.OrderByDescending(reason => reason.Effect).Select(reason => reason.Why).Distinct()],
            Parts = [],
            Span = place.Span,
        };
        ImmutableArray<CommandEffect> inner = [.. _inner.SelectMany(each => each.Parts.IsEmpty ? [each] : each.Parts)];
        return Transparent && inner.Length > 0
            ? [inner[0] with { Marks = inner[0].Marks | marks },
                .. own.Effect > Effect.Read ? [own] : (ImmutableArray<CommandEffect>)[], .. inner[1..]]
            : [own, .. inner];
    }
}
