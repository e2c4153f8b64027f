using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Diagnosis.Tests.Situations;

/// <summary>Writes procedures as the compiler would, with the real judge of effects.</summary>
internal sealed class ProcedureWriter(Func<string, string>? rename = null)
{
    private static readonly EffectJudge Judge = EffectJudge.Default();

    private readonly List<Step> _steps = [];
    private readonly List<Scenario> _scenarios = [];
    private readonly List<Rule> _rules = [];
    private int _line = 10;
    private int _commands;

    public ProcedureWriter Diagnose(string title, params string[] commands)
    {
        _steps.Add(NewStep(title, Phase.Diagnose, [.. commands.Select(text => (text, (string?)null, (string?)null))]));
        return this;
    }

    public ProcedureWriter Rule(string observation, string cause)
    {
        _rules.Add(new Rule(observation, cause, null, _line++));
        return this;
    }

    /// <summary>
    /// Adds a scenario; each command with the words and the predicate of its condition, if it has one.
    /// </summary>
    public ProcedureWriter Scenario(
        string title, string? condition, params (string Text, string? Gate, string? Predicate)[] commands)
    {
        _scenarios.Add(new Scenario
        {
            Id = $"scenario-{_scenarios.Count + 1}",
            Title = title,
            Heading = $"Scenario {_scenarios.Count + 1}: {title}",
            Condition = condition,
            Hints = [],
            Steps = [NewStep(title, Phase.Resolve, commands)],
            Line = _line++,
        });
        return this;
    }

    public Procedure Write()
    {
        var targets = _steps.Concat(_scenarios.SelectMany(one => one.Steps)).SelectMany(step => step.Commands)
            .Select(command => command.Effect.Target).OfType<TargetReference>().ToArray();
        return new Procedure
        {
            Id = "alert",
            Title = "Alert",
            Kind = ProcedureKind.Alert,
            Line = 1,
            Alerts = [],
            Scope = new Scope(
                [.. targets.Select(target => target.Namespace).OfType<string>().Distinct()],
                [.. targets.Where(target => target.Name is not null && target.Kind is "deployment" or "statefulset")
                    .Distinct()],
                [.. targets.Select(target => target.Selector).OfType<string>().Distinct()]),
            Sections = [],
            Steps = [.. _steps],
            Scenarios = [.. _scenarios],
            Rules = [.. _rules],
            Escalations = [],
            Preventions = [],
            RelatedAlerts = [],
        };
    }

    private Step NewStep(string title, Phase phase, (string Text, string? Gate, string? Predicate)[] commands) => new()
    {
        Id = $"s{_line}",
        Kind = StepKind.Commands,
        Phase = phase,
        Title = title,
        Line = _line++,
        Commands = [.. commands.Select(command => NewCommand(command.Text, phase, command.Gate, command.Predicate))],
        Expects = [],
    };

    private StepCommand NewCommand(string text, Phase phase, string? gate, string? predicate)
    {
        text = rename?.Invoke(text) ?? text;
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        return new StepCommand
        {
            Id = $"c{++_commands:00}",
            Text = text,
            Script = parsed.Script,
            Span = new DocumentSpan(_line++, 1, _line, 1),
            Origins = [new LineOrigin(_line, 1)],
            Effect = Judge.Judge(parsed.Script, text),
            Phase = phase,
            Placeholders = [],
            Comment = gate ?? "",
            Expects = [],
            Gate = gate is null ? null : new Gate(gate, predicate, _line),
        };
    }
}
