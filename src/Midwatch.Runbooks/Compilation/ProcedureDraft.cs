using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Runbooks.Compilation;

/// <summary>A procedure while it grows.</summary>
internal sealed class ProcedureDraft(string title)
{
    private readonly HashSet<ScenarioDraft> _known = [];
    private ScenarioDraft? _scenario;
    private int _branched;

    public string Title { get; } = title;

    public List<AlertBinding> Alerts { get; } = [];

    public string? Severity { get; set; }

    public string? Threshold { get; set; }

    public TimeSpan? RecoveryTime { get; set; }

    public List<Section> Sections { get; } = [];

    public List<Step> Steps { get; } = [];

    public List<ScenarioDraft> Scenarios { get; } = [];

    public List<ScenarioHint> Symptoms { get; } = [];

    public List<Rule> Rules { get; } = [];

    public List<Escalation> Escalations { get; } = [];

    public List<Prevention> Preventions { get; } = [];

    public List<RelatedAlert> RelatedAlerts { get; } = [];

    public List<Fact> Facts { get; } = [];

    public List<RunbookLink> Links { get; } = [];

    /// <summary>The sentence that says when the alert fires, for where no field states a threshold.</summary>
    public string? Told { get; set; }

    /// <summary>How long the alert's condition must hold, as a field states it; null for not said.</summary>
    public TimeSpan? For { get; set; }

    /// <summary>How many things were understood so far.</summary>
    public int Weight => Steps.Count + Rules.Count + Escalations.Count + Symptoms.Count + RelatedAlerts.Count
        + Facts.Count + _branched;

    /// <summary>What shell or prompt the commands so far have opened.</summary>
    public OpenedShells Session { get; } = new();

    /// <summary>How many steps the open branch, or the procedure, has.</summary>
    public int StepCount => Current.Count;

    /// <summary>The step read last in the open branch, or in the procedure; null for none.</summary>
    public Step? LastStep => Current.LastOrDefault();

    private List<Step> Current => _scenario?.Steps ?? Steps;

    /// <summary>The branch that is open; null outside of branches.</summary>
    public ScenarioDraft? Scenario => _scenario;

    /// <summary>Opens a branch, or none.</summary>
    public void Open(ScenarioDraft? scenario)
    {
        if (scenario != _scenario)
        {
            // Nobody goes from one branch to the next inside the same shell.
            Session.Close();
        }

        _scenario = scenario;
        if (scenario is not null && _known.Add(scenario))
        {
            Scenarios.Add(scenario);
        }
    }

    /// <summary>Adds a step where it belongs: to the open branch, or to the procedure.</summary>
    public void Add(Step step)
    {
        Current.Add(step);
        _branched += _scenario is null ? 0 : 1;
    }

    /// <summary>Puts another step in the place of the last one.</summary>
    public void ReplaceLast(Step step) => Current[^1] = step;

    /// <summary>Adds what the open branch, or the procedure, lists for itself.</summary>
    public void AddHint(string text, int line)
    {
        (_scenario?.Hints ?? Symptoms).Add(new ScenarioHint(text, line));
        _branched += _scenario is null ? 0 : 1;
    }
}

/// <summary>A branch while it grows.</summary>
internal sealed class ScenarioDraft(string title, string heading, string? condition, int line)
{
    public string Heading { get; } = heading;

    public List<ScenarioHint> Hints { get; } = [];

    public List<Step> Steps { get; } = [];

    /// <summary>The branch as it stays.</summary>
    /// <param name="id">Stable within the procedure.</param>
    public Scenario Close(string id) => new()
    {
        Id = id,
        Title = title,
        Heading = Heading,
        Condition = condition,
        Hints = [.. Hints],
        Steps = [.. Steps],
        Line = line,
    };
}
