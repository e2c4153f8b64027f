using FsCheck;
using FsCheck.Fluent;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Tests;

/// <summary>
/// The incident's loop in small, over a world that counts what is done to it, killed at event boundaries: the events
/// stay, everything else is lost, and the next one goes on by what they say.
/// </summary>
public sealed class KillTests
{
    [Fact]
    public void Killed_at_every_single_event_boundary_nothing_is_done_twice_and_it_ends_well()
    {
        for (var kill = 0; kill < 150; kill++)
        {
            var world = new World([kill], recheckAnswers: true);
            Assert.True(world.RunToTheEnd().IsHealed, $"killed after {kill} events");
            Assert.Equal(1, world.Done);
        }
    }

    [Fact]
    public void Over_a_thousand_runs_of_kills_no_action_that_is_not_idempotent_is_done_twice()
    {
        var kills = Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 30), Gen.Choose(55, 70), Gen.Choose(105, 120))).Resize(6);
        var runs = from boundaries in kills
                   from recheckAnswers in Gen.Elements(true, false)
                   select (boundaries, recheckAnswers);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(runs.ToArbitrary(), run =>
            {
                var world = new World(run.boundaries, run.recheckAnswers);
                var end = world.RunToTheEnd();
                return world.Done <= 1 && end.IsClosed && (world.Done == 1 || !end.IsHealed);
            }));
    }

    [Fact]
    public void When_the_cluster_cannot_tell_whether_it_was_done_a_person_goes_on()
    {
        var world = new World([IntentAt() + 1 + World.AfterTheDeed], recheckAnswers: false);
        var end = world.RunToTheEnd();
        Assert.Equal(IncidentOutcome.NotHealed, end.Outcome);
        Assert.Equal(1, world.Done);
    }

    private static int IntentAt()
    {
        var world = new World([], recheckAnswers: true);
        world.RunToTheEnd();
        return world.Log.FindIndex(happened => happened is IncidentEvent.ActionIntended);
    }

    private sealed class World(int[] kills, bool recheckAnswers)
    {
        public const int BeforeTheDeed = 50;
        public const int AfterTheDeed = 100;

        private readonly SortedSet<int> _kills = [.. kills];
        private readonly Restraint _restraint = new() { Settling = TimeSpan.FromSeconds(10) };
        private DateTimeOffset _now = Samples.Start;

        public List<IncidentEvent> Log { get; } = [];

        /// <summary>How often the undo, which is not idempotent, was really done.</summary>
        public int Done { get; private set; }

        public IncidentState RunToTheEnd()
        {
            for (var life = 0; life < 200; life++)
            {
                try
                {
                    return Live();
                }
                catch (KilledException)
                {
                    _now = _now.AddSeconds(1);
                }
            }

            throw new InvalidOperationException("It never ends.");
        }

        private IncidentState Live()
        {
            var state = IncidentState.Fold(Log);
            if (state.OpenedAt is null)
            {
                state = Tell(state, new IncidentCommand.Open(Samples.Alert(), Samples.Brief(), "test"));
            }

            for (var turn = 0; turn < 200; turn++)
            {
                _now = _now.AddSeconds(1);
                var duty = Incident.NextDuty(state, _restraint, _now);
                if (duty is Duty.Done)
                {
                    return state;
                }

                state = Perform(state, duty);
            }

            throw new InvalidOperationException("It goes round in circles.");
        }

        private IncidentState Perform(IncidentState state, Duty duty) => duty switch
        {
            Duty.BindCluster => Tell(state, new IncidentCommand.BindCluster(Samples.Cluster)),
            Duty.Diagnose d => Tell(
                Tell(state, new IncidentCommand.StartDiagnosis(d.Reads)),
                new IncidentCommand.RecordRanking(
                    Samples.Evidence(),
                    state.StruckOut.IsEmpty ? Samples.Ranking() : Samples.Ranking(RankingVerdict.Abstain, null))),
            Duty.MakePlan => Tell(state, new IncidentCommand.ProposePlan(Samples.Plan(_now))),
            Duty.AwaitApproval => Tell(
                state,
                new IncidentCommand.Approve(state.Plan?.Seal.Hash ?? string.Empty, Samples.Ada,
                    ApprovalMethod.Terminal)),
            Duty.RunCommand { Command.Effect: Effect.Read } d => Tell(
                state, new IncidentCommand.FinishRead(Samples.Record(d.Command.Id))),
            Duty.RunCommand d => Act(Tell(state, new IncidentCommand.IntendAction(d.Command.Id, Seen(), 0))),
            Duty.Recheck d => Tell(
                state, new IncidentCommand.RecheckAction(d.Action.Intent.Action, Recheck(), "Looked again.")),
            Duty.StartVerification => Tell(state, new IncidentCommand.StartVerification()),
            Duty.Verify => Tell(
                state,
                new IncidentCommand.RecordChecks(
                    [Samples.Check("ready", Done > 0 ? CheckVerdict.Met : CheckVerdict.Unmet)], Complete: true)),
            Duty.Close => Tell(state, new IncidentCommand.Close()),
            Duty.WritePostmortem => Tell(state, new IncidentCommand.RecordPostmortem("p", "h")),
            Duty.HandOver d => Tell(state, new IncidentCommand.HandOver(d.Reason)),
            _ => throw new InvalidOperationException($"{duty}"),
        };

        private IncidentState Act(IncidentState state)
        {
            if (state.OpenAction is not { } action)
            {
                return state;
            }

            // Two boundaries more than the events have: the intent is durable and nothing is done yet, or it is done
            // and the outcome is not durable yet.
            KillAt(Log.Count + BeforeTheDeed);
            Done++;
            KillAt(Log.Count + AfterTheDeed);
            return Tell(state, new IncidentCommand.FinishAction(action.Intent.Action, Samples.Outcome()));
        }

        private RecheckVerdict Recheck() => recheckAnswers
            ? Done > 0 ? RecheckVerdict.Done : RecheckVerdict.NotDone
            : RecheckVerdict.CouldNotTell;

        private Plans.Sighting Seen() => Done == 0 ? Samples.Seen() : Samples.Seen(Samples.FrontAfter);

        private IncidentState Tell(IncidentState state, IncidentCommand command)
        {
            if (Incident.Decide(state, command, _restraint, _now) is not Decision.Accepted accepted)
            {
                throw new InvalidOperationException($"{command} was refused at {state.Stage}.");
            }

            // One append is one transaction: it is there as a whole or not at all.
            KillAt(Log.Count - 1);
            Log.AddRange(accepted.Events);
            return accepted.Events.Aggregate(state, Incident.Evolve);
        }

        private void KillAt(int boundary)
        {
            if (_kills.Remove(boundary))
            {
                throw new KilledException();
            }
        }
    }

    private sealed class KilledException : Exception;
}
