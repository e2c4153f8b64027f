using System.Collections.Immutable;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Journal;
using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Verification;

namespace Midwatch.Incidents.Tests;

public sealed class HistoryTests
{
    [Fact]
    public void The_story_ends_in_a_proven_recovery_only_after_the_settling_window()
    {
        var state = Samples.After([.. Samples.WholeStory()]);
        Assert.Equal(IncidentStage.Verifying, state.Stage);
        var since = Assert.NotNull(state.Verification?.HoldsSince);
        var checks = new IncidentCommand.RecordChecks([Samples.Check("ready", CheckVerdict.Met)], Complete: true);

        Assert.Empty(Accepted(state, checks, since.AddSeconds(119)));
        var proven = Accepted(state, checks, since.AddMinutes(2));
        Assert.IsType<IncidentEvent.RecoveryProven>(Assert.Single(proven));

        state = proven.Aggregate(state, Incident.Evolve);
        Assert.IsType<Duty.Close>(Incident.NextDuty(state, new Restraint(), since.AddMinutes(2)));
        var closed = Accepted(state, new IncidentCommand.Close(), since.AddMinutes(2));
        Assert.Equal(IncidentOutcome.Recovered,
            Assert.IsType<IncidentEvent.IncidentClosed>(Assert.Single(closed)).Outcome);
    }

    [Fact]
    public void A_check_that_breaks_starts_the_window_anew()
    {
        var state = Samples.After(
        [
            .. Samples.WholeStory(),
            new IncidentCommand.RecordChecks([Samples.Check("ready", CheckVerdict.CouldNotTell)], Complete: true),
        ]);
        Assert.Null(state.Verification?.HoldsSince);
        Assert.Equal(IncidentStage.Verifying, state.Stage);
    }

    [Fact]
    public void A_check_that_was_not_asked_in_this_round_keeps_its_last_answer()
    {
        var state = Samples.After([.. Samples.WholeStory()[..^1]]);
        var events = Accepted(
            state, new IncidentCommand.RecordChecks([Samples.Check("other", CheckVerdict.Met)], Complete: false),
            Samples.Start);
        Assert.DoesNotContain(events, happened => happened is IncidentEvent.SettlingStarted);
    }

    [Fact]
    public void A_failed_proof_strikes_the_scenario_out_and_looks_anew()
    {
        var state = Samples.After([.. Samples.WholeStory()[..^2]]);
        var late = Samples.Start.AddMinutes(30);
        var events = Accepted(
            state,
            new IncidentCommand.RecordChecks([Samples.Check("ready", CheckVerdict.Unmet)], Complete: true), late);
        Assert.Contains(events, happened => happened is IncidentEvent.RecoveryNotProven);
        state = events.Aggregate(state, Incident.Evolve);
        Assert.Equal(["s1"], state.StruckOut);
        Assert.IsType<Duty.Diagnose>(Incident.NextDuty(state, new Restraint(), late));

        // Never a second try of the same action.
        state = Accepted(state, new IncidentCommand.StartDiagnosis([]), late).Aggregate(state, Incident.Evolve);
        state = Accepted(state, new IncidentCommand.RecordRanking(Samples.Evidence(), Samples.Ranking()), late)
            .Aggregate(state, Incident.Evolve);
        Assert.IsType<Decision.Refused>(
            Incident.Decide(state, new IncidentCommand.ProposePlan(Samples.Plan(late)), new Restraint(), late));
    }

    [Fact]
    public void A_failed_proof_of_a_resolved_alert_is_a_persons()
    {
        var state = Samples.After([.. Samples.WholeStory()[..^1]]);
        var events = Accepted(
            state,
            new IncidentCommand.RecordChecks([Samples.Check("ready", CheckVerdict.Unmet)], Complete: true),
            Samples.Start.AddMinutes(30));
        Assert.Contains(events, happened => happened is IncidentEvent.HandedOver);
        Assert.IsType<Duty.Close>(Incident.NextDuty(
            events.Aggregate(state, Incident.Evolve), new Restraint(), Samples.Start.AddMinutes(30)));
    }

    [Fact]
    public void Nothing_that_could_be_checked_is_no_proof()
    {
        var state = Samples.After([.. Samples.WholeStory()[..^3]]);
        Assert.Empty(Accepted(state, new IncidentCommand.RecordChecks([], Complete: true), Samples.Start));
    }

    [Fact]
    public void An_alert_that_resolves_before_anything_is_done_is_verified_and_not_acted_on()
    {
        var state = Samples.After(
        [
            .. Samples.UpToPlan(),
            new IncidentCommand.TakeAlert(Samples.Alert(status: AlertStatus.Resolved),
                AlertRole.Opening, "It is its alert."),
        ]);
        Assert.IsType<Duty.StartVerification>(Incident.NextDuty(state, new Restraint(), Samples.Start));
        var events = Accepted(state, new IncidentCommand.StartVerification(), Samples.Start);
        Assert.IsType<IncidentEvent.ApprovalVoided>(events[0]);
        Assert.IsType<IncidentEvent.VerificationStarted>(events[1]);
    }

    [Fact]
    public void Separating_reads_end_after_three_rounds()
    {
        var separate = new IncidentCommand.RecordRanking(Samples.Evidence(),
            Samples.Ranking(RankingVerdict.Separate, null));
        ImmutableArray<IncidentCommand> commands = [.. Samples.UpToPlan()[..4], separate];
        for (var round = 0; round < 3; round++)
        {
            var duty = Incident.NextDuty(Samples.After([.. commands]), new Restraint(), Samples.Start.AddSeconds(6));
            var reads = Assert.IsType<Duty.Diagnose>(duty).Reads;
            Assert.Equal(["logs of the previous container"], reads);
            commands = [.. commands, new IncidentCommand.StartDiagnosis(reads), separate];
        }

        var state = Samples.After([.. commands]);
        Assert.IsType<Duty.StopSeparating>(Incident.NextDuty(state, new Restraint(), Samples.Start.AddSeconds(6)));
        Assert.IsType<IncidentEvent.Abstained>(
            Assert.Single(Accepted(state, new IncidentCommand.StopSeparating(), Samples.Start)));
    }

    [Fact]
    public void Separating_reads_end_after_fifteen_seconds()
    {
        var state = Samples.After(
        [
            .. Samples.UpToPlan()[..4],
            new IncidentCommand.RecordRanking(Samples.Evidence(), Samples.Ranking(RankingVerdict.Separate, null)),
        ]);
        Assert.IsType<Duty.StopSeparating>(Incident.NextDuty(state, new Restraint(), Samples.Start.AddSeconds(25)));
    }

    [Theory]
    [InlineData(RankingVerdict.Abstain, IncidentOutcome.HandedToHuman)]
    [InlineData(RankingVerdict.WouldNotHelp, IncidentOutcome.HandedToHuman)]
    [InlineData(RankingVerdict.NoFault, IncidentOutcome.NoFault)]
    public void Without_a_decision_that_carries_nothing_is_done(RankingVerdict verdict, IncidentOutcome outcome)
    {
        var state = Samples.After(
        [
            .. Samples.UpToPlan()[..4],
            new IncidentCommand.RecordRanking(Samples.Evidence(), Samples.Ranking(verdict)),
            new IncidentCommand.Close(),
        ]);
        Assert.Equal(outcome, state.Outcome);
        Assert.False(state.IsHealed);
        Assert.Empty(state.Actions);
    }

    [Fact]
    public void A_clock_starts_with_its_event_and_rings_once_when_it_is_due()
    {
        var state = Samples.After([.. Samples.WholeStory()]);
        var clock = Assert.Single(state.Clocks);
        Assert.Equal("the action a1", clock.StartedBy);
        Assert.Empty(Accepted(state, new IncidentCommand.RingClock(clock.Id), clock.DueAt.AddTicks(-1)));
        var rang = Accepted(state, new IncidentCommand.RingClock(clock.Id), clock.DueAt);
        Assert.Equal(["@shop-oncall"], Assert.IsType<IncidentEvent.Escalated>(Assert.Single(rang)).To);
        state = rang.Aggregate(state, Incident.Evolve);
        Assert.Empty(Accepted(state, new IncidentCommand.RingClock(clock.Id), clock.DueAt.AddHours(1)));
    }

    [Fact]
    public void Replaying_the_stored_events_gives_the_live_state_at_every_length()
    {
        var (_, events) = Samples.Run([.. Samples.WholeStory()]);
        var live = IncidentState.Initial;
        for (var length = 0; length <= events.Length; length++)
        {
            var stored = events[..length].Select((happened, i) => Stored(EventCodec.Encode(happened), i + 1));
            var replayed = IncidentState.Fold(stored.Select(EventCodec.DecodeIncident));
            Assert.Equal(EventCodec.Show(live), EventCodec.Show(replayed));
            live = length < events.Length ? Incident.Evolve(live, events[length]) : live;
        }
    }

    [Fact]
    public void A_closed_incident_takes_no_more_commands()
    {
        var state = Samples.After(
        [
            .. Samples.UpToPlan()[..4], new IncidentCommand.HandOver("enough"), new IncidentCommand.Close(),
        ]);
        Assert.IsType<Decision.Refused>(
            Incident.Decide(state, new IncidentCommand.StartVerification(), new Restraint(), Samples.Start));
    }

    private static StoredEntry Stored(JournalEntry entry, int version) =>
        new(StreamId.Of(IncidentId.FromNumber(1)), version, version, entry);

    private static ImmutableArray<IncidentEvent> Accepted(
        IncidentState state, IncidentCommand command, DateTimeOffset now) =>
        Assert.IsType<Decision.Accepted>(Incident.Decide(state, command, new Restraint(), now)).Events;
}
