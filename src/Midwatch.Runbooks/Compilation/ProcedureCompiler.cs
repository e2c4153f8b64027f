using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Compiles one procedure's share of a document, section by section.</summary>
internal sealed partial class ProcedureCompiler(CompilerParts parts, CompilationNotes notes, SourceLines source)
{
    private readonly ProseSteps _prose = new(parts, notes, source);

    /// <summary>What the share says, as a draft: alerts that tables bind are added later.</summary>
    public ProcedureDraft Compile(ProcedureShare share)
    {
        var draft = new ProcedureDraft(share.Root.Title);
        var scenarios = new Dictionary<DocumentSection, ScenarioDraft>();
        foreach (var section in share.Parts)
        {
            var (phase, because, isTold) = SectionPhase.Of(section, share.Root, share.Kind);
            if (section.Level > 0)
            {
                draft.Sections.Add(new Section(phase, section.Title, section.Line) { Because = because });
            }

            draft.Open(Branch(section, share.Root, phase, scenarios));
            Fields(section, draft);
            section.Taken.ForEach(notes.Understand);
            if (isTold || section == share.Root)
            {
                notes.Work(section);
            }

            var first = draft.Steps.Count;
            Content(section, phase, draft);
            if (!isTold && phase == Phase.Diagnose)
            {
                UntoldPhase.Settle(draft.Steps, first, parts.Sentences, notes);
            }
        }

        return draft;
    }

    private static ScenarioDraft? Branch(
        DocumentSection section, DocumentSection root, Phase phase,
        Dictionary<DocumentSection, ScenarioDraft> scenarios)
    {
        if (phase != Phase.Resolve)
        {
            return null;
        }

        for (var each = section; each is not null && each != root; each = each.Parent)
        {
            if (!each.IsBranch)
            {
                continue;
            }

            if (!scenarios.TryGetValue(each, out var scenario))
            {
                scenario = new ScenarioDraft(each.Title, each.Heading, each.Condition, each.Line);
                scenarios.Add(each, scenario);
            }

            return scenario;
        }

        return null;
    }

    private void Fields(DocumentSection section, ProcedureDraft draft)
    {
        draft.Alerts.AddRange(ProcedureSplitter.Alerts(section));
        foreach (var field in section.Fields)
        {
            var value = HeadingText.Plain(field.Value);
            switch (parts.Sentences.FieldOf(field.Name))
            {
                case FieldMeaning.Severity:
                    draft.Severity ??= new string(
                        [.. value.Split(' ', '(', ',', ';')[0].Select(char.ToLowerInvariant)]);
                    break;
                case FieldMeaning.Threshold:
                    draft.Threshold ??= value;
                    break;
                case FieldMeaning.Alert:
                    break;
                case FieldMeaning.Duration:
                    draft.For ??= Durations.First(field.Value);
                    break;
                case FieldMeaning.Recovery:
                    draft.RecoveryTime ??= Durations.First(field.Value);
                    break;
                case FieldMeaning.Sign:
                case FieldMeaning.When when draft.Scenario is not null:
                    draft.AddHint(value, field.Line);
                    break;
                case FieldMeaning.Impact:
                    draft.Facts.Add(new Fact(FactKind.Impact, value, field.Line));
                    break;
                default:
                    var told = $"{field.Name}: {value}";
                    draft.Severity ??= parts.Sentences.LevelOf(section.Title, told)?.Level;
                    draft.Facts.Add(new Fact(
                        parts.Sentences.IsWarning(told) ? FactKind.Warning : FactKind.Field, told, field.Line));
                    break;
            }
        }
    }

    private void Content(DocumentSection section, Phase phase, ProcedureDraft draft)
    {
        if (phase == Phase.Prevent)
        {
            draft.Preventions.AddRange(PreventionReader.Read(section,
                section.Phase == Phase.Prevent && section.Parent?.Phase != Phase.Prevent));
        }

        var before = draft.Weight;
        if (phase == Phase.Prevent)
        {
            section.Content.ForEach(notes.Understand);
        }

        var reader = new SectionContent(section, phase, draft, parts, notes, _prose);
        for (var i = 0; i < section.Content.Count; i++)
        {
            reader.Read(section.Content[i], i + 1 < section.Content.Count ? section.Content[i + 1] : null);
        }

        if (draft.Weight > before)
        {
            notes.Work(section);
        }
    }

    /// <summary>The finished procedure.</summary>
    /// <param name="id">Unique in the document.</param>
    public static Procedure Close(ProcedureDraft draft, ProcedureShare share, string id) => new()
    {
        Id = id,
        Title = draft.Title,
        Kind = draft.Alerts.Count > 0 ? ProcedureKind.Alert : share.Kind,
        Line = share.Root.Line,
        Alerts =
        [
            .. draft.Alerts.DistinctBy(alert => alert.Name).Select(alert => alert with
            {
                For = alert.For ?? Durations.Holding(draft.Threshold) ?? draft.For ?? Durations.Holding(draft.Told),
            }),
        ],
        Severity = draft.Severity,
        Threshold = draft.Threshold ?? (draft.Alerts.Count > 0 ? draft.Told : null),
        RecoveryTime = draft.RecoveryTime,
        Scope = ScopeReader.Of(draft.Steps.Concat(draft.Scenarios.SelectMany(scenario => scenario.Steps))),
        Sections = [.. draft.Sections],
        Steps = [.. draft.Steps],
        Scenarios = [.. draft.Scenarios.Select((scenario, index) => scenario.Close(IdOf(scenario, index)))],
        Symptoms = [.. draft.Symptoms],
        Rules = [.. draft.Rules],
        Escalations = [.. draft.Escalations],
        Preventions = [.. draft.Preventions],
        RelatedAlerts = [.. draft.RelatedAlerts],
        Facts = [.. draft.Facts],
        Links = [.. draft.Links],
    };

    private static string IdOf(ScenarioDraft scenario, int index) =>
        Number().Match(scenario.Heading) is { Success: true } match
            ? $"scenario-{match.Groups[1].Value}"
            : FormattableString.Invariant($"branch-{index + 1}");

    [GeneratedRegex(@"^(?:scenario|case|cause|option)\s*#?(\d+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
