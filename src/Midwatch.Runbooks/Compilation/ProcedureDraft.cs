using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Compilation;

/// <summary>A procedure while it grows.</summary>
internal sealed class ProcedureDraft(string title)
{
    private ScenarioDraft? _scenario;

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

    /// <summary>The branch that is open; null outside of branches.</summary>
    public ScenarioDraft? Scenario => _scenario;

    /// <summary>Opens a branch, or none.</summary>
    public void Open(ScenarioDraft? scenario)
    {
        _scenario = scenario;
        if (scenario is not null && !Scenarios.Contains(scenario))
        {
            Scenarios.Add(scenario);
        }
    }

    /// <summary>Adds a step where it belongs: to the open branch, or to the procedure.</summary>
    public void Add(Step step) => (_scenario?.Steps ?? Steps).Add(step);

    /// <summary>Adds what the open branch, or the procedure, lists for itself.</summary>
    public void AddHint(string text, int line) => (_scenario?.Hints ?? Symptoms).Add(new ScenarioHint(text, line));
}

/// <summary>A branch while it grows.</summary>
internal sealed record ScenarioDraft(string Title, string Heading, string? Condition, int Line)
{
    public List<ScenarioHint> Hints { get; } = [];

    public List<Step> Steps { get; } = [];

    /// <summary>The branch as it stays.</summary>
    /// <param name="id">Stable within the procedure.</param>
    public Scenario Close(string id) => new()
    {
        Id = id,
        Title = Title,
        Heading = Heading,
        Condition = Condition,
        Hints = [.. Hints],
        Steps = [.. Steps],
        Line = Line,
    };
}
