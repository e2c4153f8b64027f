using System.Text.Json;
using Midwatch.Diagnosis.Data;
using Midwatch.Diagnosis.Scenarios;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>Writes <c>ranking.schema.json</c>.</summary>
public static class RankingJson
{
    /// <summary>Writes indented JSON that ends with a line feed; members always come in the same order.</summary>
    public static string Write(Ranking ranking, Evidence evidence) => JsonFile.Write(json =>
    {
        json.WriteNumber("schemaVersion", Ranking.CurrentSchemaVersion);
        json.WriteString("runbook", evidence.RunbookPath);
        json.WriteString("runbookHash", evidence.RunbookHash);
        json.WriteString("procedure", evidence.ProcedureId);
        json.WriteTime("takenAt", evidence.TakenAt);
        json.WriteStartObject("decision");
        WriteDecision(json, ranking.Decision);
        json.WriteEndObject();
        json.WriteNumber("coverage", ranking.Coverage);
        json.WriteString("findingsHash", ranking.FindingsHash);
        json.WriteList("scenarios", ranking.Scenarios, one => WriteScenario(json, one));
        json.WriteList("causes", ranking.Causes, one => WriteCause(json, one));
        json.WriteList("symptoms", ranking.Symptoms, one =>
        {
            json.WriteSubject("subject", one.Subject);
            json.WriteString("type", one.Type);
            json.WriteString("key", one.Key);
            json.WriteString("value", one.Value);
            json.WriteTexts("explainedBy", one.ExplainedBy);
            json.WriteList("observations", one.Observations, json.WriteObservation);
        });
    });

    private static void WriteScenario(Utf8JsonWriter json, RankedScenario one)
    {
        json.WriteString("id", one.Id);
        json.WriteString("title", one.Title);
        json.WriteNumber("line", one.Line);
        json.WriteNumber("lo", one.Lo);
        json.WriteNumber("hi", one.Hi);
        json.WriteNumber("coverage", one.Coverage);
        json.WriteBoolean("struckOut", one.StruckOut);
        if (one.Cause is { } cause)
        {
            json.WriteStartObject("cause");
            json.WriteString("id", cause.Cause);
            json.WriteSubject("subject", cause.Subject);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("cause");
        }

        WriteReasons(json, "for", one.For);
        WriteReasons(json, "against", one.Against);
        WriteReasons(json, "missing", one.Missing);
        json.WriteList("gates", one.Gates, gate => WriteGate(json, gate));
        json.WriteList("helpChecks", one.HelpChecks, check =>
        {
            json.WriteString("command", check.CommandId);
            json.WriteString("action", check.Action);
            json.WriteString("help", check.Help.Camel());
            json.WriteString("because", check.Because);
            json.WriteNumber("line", check.Line);
        });
        json.WriteList("branches", one.Branches, branch =>
        {
            json.WriteString("command", branch.CommandId);
            json.WriteBoolean("kept", branch.Kept);
            json.WriteString("why", branch.Why);
            json.WriteNumber("line", branch.Line);
        });
        json.WriteList("links", one.Links, link =>
        {
            json.WriteString("cause", link.Cause);
            json.WriteNumber("strength", link.Strength);
            json.WriteString("why", link.Why);
            json.WriteNumber("line", link.Line);
        });
    }

    private static void WriteCause(Utf8JsonWriter json, RankedCause one)
    {
        json.WriteString("id", one.Cause);
        json.WriteString("title", one.Title);
        json.WriteSubject("subject", one.Subject);
        json.WriteNumber("lo", one.Lo);
        json.WriteNumber("hi", one.Hi);
        json.WriteNumber("depth", one.Depth);
        json.WriteNumber("severity", one.Severity);
        json.WriteString("explainedBy", one.ExplainedBy);
        WriteReasons(json, "for", one.For);
        WriteReasons(json, "against", one.Against);
        WriteReasons(json, "missing", one.Missing);
    }

    private static void WriteReasons(Utf8JsonWriter json, string name, IEnumerable<Reason> reasons) =>
        json.WriteList(name, reasons, reason =>
        {
            json.WriteNumber("weight", reason.Weight);
            json.WriteString("text", reason.Text);
            if (reason.Line is { } line)
            {
                json.WriteNumber("line", line);
            }
            else
            {
                json.WriteNull("line");
            }

            json.WriteList("observations", reason.Observations, json.WriteObservation);
        });

    private static void WriteGate(Utf8JsonWriter json, GateResult gate)
    {
        json.WriteString("step", gate.StepId);
        json.WriteString("command", gate.CommandId);
        json.WriteString("text", gate.Text);
        json.WriteString("predicate", gate.Predicate);
        json.WriteString("state", gate.State.Camel());
        json.WriteString("why", gate.Why);
        json.WriteNumber("line", gate.Line);
    }

    private static void WriteDecision(Utf8JsonWriter json, Decision decision)
    {
        var (kind, scenario, cause, because) = decision switch
        {
            Decision.Act act => ("act", act.Scenario, act.Cause, (string?)null),
            Decision.Ask ask => ("ask", ask.Scenario, ask.Cause, null),
            Decision.Family family => ("family", family.Scenario, family.Cause, family.Because),
            Decision.Abstain abstain => ("abstain", null, null, abstain.Because),
            Decision.NoFault none => ("noFault", null, null, none.Because),
            _ => throw new System.Diagnostics.UnreachableException("Decision is closed."),
        };
        var subjects = decision switch { Decision.Act act => act.Subjects, Decision.Ask ask => ask.Subjects, _ => [] };
        json.WriteString("kind", kind);
        json.WriteString("scenario", scenario);
        json.WriteString("cause", cause);
        json.WriteString("because", because);
        json.WriteStartArray("subjects");
        foreach (var subject in subjects)
        {
            json.WriteStringValue(subject.ToString());
        }

        json.WriteEndArray();
        json.WriteList("questions", decision is Decision.Ask asking ? asking.Questions : [],
            gate => WriteGate(json, gate));
        WriteReasons(json, "missing", decision is Decision.Abstain missing ? missing.Missing : []);
    }
}
