using System.Runtime.CompilerServices;
using Midwatch.Engine.Postmortems;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Tests;

namespace Midwatch.Engine.Tests;

/// <summary>Golden files lie in Golden/; MIDWATCH_UPDATE_GOLDEN=1 writes them anew.</summary>
public sealed class PostmortemTests
{
    [Fact]
    public void A_recovery_is_written_down_as_in_the_golden_file()
    {
        var (state, events) = Samples.Run([.. Samples.WholeStory()]);
        var proven = state.Verification?.HoldsSince?.AddMinutes(2) ?? Samples.Start;
        ShouldMatch("recovered.md", Postmortem.Write(EngineStage.First,
        [
            .. events,
            new IncidentEvent.RecoveryProven(proven, "Everything held for 120 s."),
            new IncidentEvent.IncidentClosed(
                proven, IncidentOutcome.Recovered, "The runbook's action was taken and recovery is proven."),
        ]));
    }

    [Fact]
    public void Two_alerts_of_one_name_are_told_apart()
    {
        var (_, events) = Samples.Run(
            new IncidentCommand.Open(Samples.Alert(pod: "front-1"), Samples.Brief(), "test"),
            new IncidentCommand.TakeAlert(Samples.Alert(pod: "front-2"), AlertRole.Opening, "It is its alert."));

        var text = Postmortem.Write(EngineStage.First, events);

        foreach (var pod in new[] { "front-1", "front-2" })
        {
            Assert.Contains($"Alert | FrontDown{{pod=\"{pod}\"}}, firing", text, StringComparison.Ordinal);
            Assert.Contains($"Alert FrontDown{{pod=\"{pod}\"}} received", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_refused_plan_is_written_down_as_in_the_golden_file()
    {
        var refused = Samples.Command("c2", Runbooks.Effects.Effect.Change) with
        {
            Text = "aws ecr get-login-password |\n  kubectl apply -f -",
            Refusals = [new Refusal("<account-id> is unbound.", 172, 22, "Give --set account-id=…"),
                new Refusal("aws is not installed.", 171, 1)],
        };
        var (_, events) = Samples.Run([.. Samples.UpToPlan(refused), new IncidentCommand.Close()]);
        ShouldMatch("refused.md", Postmortem.Write(EngineStage.First, events));
    }

    [Fact]
    public void What_was_printed_can_break_neither_fence_nor_table_nor_terminal()
    {
        var evil =
            Samples.Record("c0") with { Output = "```\n# Recovered\n````\n\u001b[31m| a | b |", Text = "echo '|' `x`" };
        var (_, events) = Samples.Run(
            [.. Samples.UpToPlan()[..3], new IncidentCommand.RecordCommand(evil),
                new IncidentCommand.HandOver("a | b\n# c")]);
        var text = Postmortem.Write(EngineStage.First, events);
        Assert.Contains("`````text\n```\n# Recovered\n````\n\\x1b[31m| a | b |\n`````\n", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("\n# c", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("a \\| b # c", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_proven_recovery_looks_healed()
    {
        foreach (var outcome in Enum.GetValues<IncidentOutcome>())
        {
            var (_, events) = Samples.Run([.. Samples.UpToPlan()[..3]]);
            var text = Postmortem.Write(
                EngineStage.First, [.. events, new IncidentEvent.IncidentClosed(Samples.Start, outcome, "x")]);
            var healed = outcome is IncidentOutcome.Recovered or IncidentOutcome.ResolvedByItself;
            Assert.Equal(healed, text.Contains("and proven", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_event_can_be_told_in_words() =>
        Assert.All(EventSamples.All, happened => Assert.NotEmpty(Timeline.Describe(happened)));

    [Fact]
    public void An_unfinished_incident_can_be_written_down_at_every_length()
    {
        var events = EventSamples.All;
        for (var length = 0; length <= events.Length; length++)
        {
            Assert.EndsWith("\n", Postmortem.Write(EngineStage.First, events[..length]), StringComparison.Ordinal);
        }
    }

    private static void ShouldMatch(string name, string actual, [CallerFilePath] string source = "")
    {
        if (Environment.GetEnvironmentVariable("MIDWATCH_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(source) ?? string.Empty, "Golden", name), actual);
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)), actual);
    }
}
