using Midwatch.Engine.Ports;
using Midwatch.Engine.Postmortems;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Journal;

namespace Midwatch.Engine.Actors;

/// <summary>
/// Does one duty after another until nothing is left to do. It keeps nothing that the events do not say, so a new one
/// goes on where a stopped one was.
/// </summary>
internal sealed partial class IncidentRunner(
    IncidentActor actor, EngineOptions options, EnginePorts ports, ActingGate gate, PostmortemFile postmortem)
{
    private IncidentState State => actor.State;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var duty = Incident.NextDuty(State, options.Restraint, ports.Time.GetUtcNow());
            if (duty is Duty.Done)
            {
                return;
            }

            try
            {
                await PerformAsync(duty, cancellationToken);
            }
            catch (Exception problem) when (IsOfTheWorld(problem, cancellationToken))
            {
                await AfterProblemAsync(duty, problem, cancellationToken);
            }
        }
    }

    // The boundary to the ports: what breaks in the world ends in a person's hands, never in a stack trace. A store
    // that fails is no such thing: without the journal nothing may go on.
    private static bool IsOfTheWorld(Exception problem, CancellationToken cancellationToken) =>
        problem is not StoreFailedException && !cancellationToken.IsCancellationRequested;

    private Task PerformAsync(Duty duty, CancellationToken cancellationToken) => duty switch
    {
        Duty.BindCluster => BindAsync(cancellationToken),
        Duty.Diagnose d => DiagnoseAsync(d, cancellationToken),
        Duty.StopSeparating => actor.ExecuteAsync(new IncidentCommand.StopSeparating(), cancellationToken),
        Duty.MakePlan d => PlanAsync(d, cancellationToken),
        Duty.AwaitApproval d => AwaitApprovalAsync(d, cancellationToken),
        Duty.RunCommand d => RunCommandAsync(d.Command, cancellationToken),
        Duty.Recheck d => RecheckAsync(d.Action, cancellationToken),
        Duty.StartVerification => actor.ExecuteAsync(new IncidentCommand.StartVerification(), cancellationToken),
        Duty.Verify => VerifyAsync(cancellationToken),
        Duty.HandOver d => actor.ExecuteAsync(new IncidentCommand.HandOver(d.Reason), cancellationToken),
        Duty.Close => CloseAsync(cancellationToken),
        Duty.WritePostmortem => WritePostmortemAsync(cancellationToken),
        _ => throw new InvalidOperationException($"Nobody does {duty.GetType().Name}."),
    };

    private async Task AfterProblemAsync(Duty duty, Exception problem, CancellationToken cancellationToken)
    {
        // An action that was begun and whose outcome is lost is looked at again, as after a stop.
        IncidentCommand? command = duty switch
        {
            Duty.RunCommand when State.OpenAction is not null => null,
            Duty.Recheck d => new IncidentCommand.RecheckAction(
                d.Action.Intent.Action, RecheckVerdict.CouldNotTell, problem.Message),
            Duty.WritePostmortem => new IncidentCommand.RecordPostmortem(string.Empty, string.Empty),
            _ => new IncidentCommand.HandOver($"Midwatch could not go on ({Name(duty)}): {problem.Message}"),
        };
        if (command is not null)
        {
            await actor.ExecuteAsync(command, cancellationToken);
        }
    }

    private static string Name(Duty duty) => duty switch
    {
        Duty.BindCluster => "asking the cluster who it is",
        Duty.Diagnose => "diagnosing",
        Duty.MakePlan => "making the plan",
        Duty.RunCommand d => $"running line {d.Command.Line}",
        Duty.Verify => "verifying",
        _ => duty.GetType().Name,
    };

    private async Task BindAsync(CancellationToken cancellationToken)
    {
        IncidentCommand command = await ports.Guard.IdentifyAsync(cancellationToken) switch
        {
            ClusterSight.Seen seen => new IncidentCommand.BindCluster(seen.Identity),
            ClusterSight.Unreachable none => new IncidentCommand.HandOver(none.Reason),
            _ => throw new InvalidOperationException("The cluster's answer is none of the known."),
        };
        await actor.ExecuteAsync(command, cancellationToken);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        await ports.Actions.EndAsync(actor.Id, cancellationToken);
        await actor.ExecuteAsync(new IncidentCommand.Close(), cancellationToken);
    }

    private async Task WritePostmortemAsync(CancellationToken cancellationToken)
    {
        var (path, hash) = await postmortem.WriteAsync(actor.Id, cancellationToken);
        await actor.ExecuteAsync(new IncidentCommand.RecordPostmortem(path, hash), cancellationToken);
    }

    private Task ObserveAsync(CommandRecord record, CancellationToken cancellationToken) =>
        actor.ExecuteAsync(new IncidentCommand.RecordCommand(record), cancellationToken);

    private string Folder() =>
        Directory.CreateDirectory(IncidentFolder.Of(options.DataDirectory, actor.Id)).FullName;
}
