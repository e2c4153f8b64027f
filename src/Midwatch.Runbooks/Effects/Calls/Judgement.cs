using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>The judgement of one call while it grows: it only ever gets worse.</summary>
internal sealed class Judgement(string program, CallPlace place)
{
    private readonly List<(Effect Effect, string Why)> _reasons = [];
    private readonly List<CommandEffect> _inner = [];
    private readonly List<string> _elsewhere = [];
    private readonly List<string> _hosts = [];
    private readonly List<string> _codeWords = [];
    private bool _actsBeyond;

    public Effect Effect { get; private set; } = Effect.Read;

    public Marks Marks { get; private set; }

    public string? Subcommand { get; set; }

    public TargetReference? Target { get; set; }

    public string? Action { get; set; }

    public TargetReference? Makes { get; set; }

    public CallPlace Place => place;

    /// <summary>The inner program is the one that does the work: show it instead of this one.</summary>
    public bool Transparent { get; set; }

    /// <summary>Adds an effect with its reason.</summary>
    public void Add(Effect effect, Marks marks, string why)
    {
        Effect = effect > Effect ? effect : Effect;
        Marks |= marks;
        _actsBeyond |= effect > Effect.Read && !marks.HasFlag(Marks.Local);
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

    /// <summary>Adds an option or a variable that leads to another place or identity.</summary>
    public void LeadsTo(string name) => _elsewhere.Add(name);

    /// <summary>Adds a host outside.</summary>
    public void Reaches(string host) => _hosts.Add(host);

    /// <summary>
    /// Takes a word for code. Code that another program fills with data is unknown: nobody will judge it filled.
    /// </summary>
    public void TakeAsCode(CallWord word)
    {
        if (word.Known)
        {
            return;
        }

        _codeWords.Add(word.Text);
        if (word.IsFed)
        {
            Add(Effect.Unknown, Marks.None, "What it is fed would become code.");
        }
    }

    /// <summary>Adds a command that this call runs.</summary>
    public void Add(CommandEffect inner) => _inner.Add(inner);

    /// <summary>The call's own part, followed by the parts of what it runs.</summary>
    public ImmutableArray<CommandEffect> Parts()
    {
        // Whoever lets local changes pass must not let pass what acts elsewhere besides.
        var marks = place.Remote || _actsBeyond ? Marks & ~Marks.Local : Marks;

        // What only asks disrupts nothing, whatever its program can do besides.
        marks = Effect == Effect.Read ? marks & ~Marks.Disrupts : marks;
        var own = new CommandEffect
        {
            Effect = Effect,
            Marks = marks,
            Program = program,
            Subcommand = Subcommand,
            Target = Target,
            Action = Effect == Effect.Read ? null : Action,
            Makes = Makes,
            Elsewhere = Different(_elsewhere),
            Hosts = Different(_hosts),
            CodeWords = Different(_codeWords),
            Reasons = _reasons is [var (_, why)]
                ? [why]
                : [.. _reasons.OrderByDescending(reason => reason.Effect).Select(reason => reason.Why).Distinct()],
            Parts = [],
            Span = place.Span,
        };
        if (_inner.Count == 0)
        {
            return [own];
        }

        ImmutableArray<CommandEffect> inner = [.. _inner.SelectMany(each => each.Parts.IsEmpty ? [each] : each.Parts)];
        return Transparent && inner.Length > 0
            ? [inner[0] with { Marks = inner[0].Marks | marks },
                .. own.Effect > Effect.Read ? [own] : (ImmutableArray<CommandEffect>)[], .. inner[1..]]
            : [own, .. inner];
    }

    private static ImmutableArray<string> Different(List<string> texts) =>
        texts.Count == 0 ? [] : [.. texts.Distinct()];
}
