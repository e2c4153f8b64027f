using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Steps;

/// <summary>One command while it runs: its streams, its limit, and what is made of its end.</summary>
internal sealed class CommandRun : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(20);
    private readonly StepRunnerOptions _options;
    private readonly StepRules _rules;
    private readonly RecordingHost _host;
    private readonly ShellSession _session;
    private readonly OutcomeClock _clock;
    private readonly SafeFileHandle _output;
    private readonly SafeFileHandle _error;
    private readonly SafeFileHandle _input = File.OpenHandle("/dev/null");
    private readonly BoundedCapture _printed;
    private readonly BoundedCapture _complained;

    public CommandRun(
        StepRunnerOptions options, StepRules rules, RecordingHost host, ShellSession session, OutcomeClock clock)
    {
        (_options, _rules, _host, _session, _clock) = (options, rules, host, session, clock);
        var bytes = options.Limits.OutputBytes;
        (var printed, _output) = OsPipe.Create();
        (var complained, _error) = OsPipe.Create();
        _printed = BoundedCapture.Start(options.Starter, printed, bytes, bytes);
        _complained = BoundedCapture.Start(options.Starter, complained, bytes, bytes);
    }

    public async Task<CommandOutcome> RunAsync(
        CommandAttempt attempt, Interpreter interpreter, CancellationToken cancellationToken)
    {
        var before = _host.Started.Length;
        using var limit = new CancellationTokenSource(Limit(attempt), _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var streams = new ShellStreams(_input, _output, _error);
        var outcome = await interpreter.RunAsync(attempt.Script, _session, _options.Bindings, streams, either.Token);
        var started = _host.Started[before..];
        var forwards = started.Where(each => _rules.Habits.Forwards(each.Arguments)).ToImmutableArray();
        var held = outcome is ShellOutcome.Exited && !forwards.IsEmpty
            ? await HoldAsync(forwards, either.Token)
            : null;
        await _host.EndLeftoversAsync();
        await DrainAsync();
        Learn(started);
        var end = Conclude(attempt, outcome, started, cancellationToken.IsCancellationRequested);
        if (held is { } hold)
        {
            end = end with { End = hold.End, Remark = hold.Remark, ExitCode = hold.Status };
        }

        return end with
        {
            Started = [.. started.Select(each => Shown(each.Arguments))],
            Output = CapturedText.Of(_printed, _options.Redactor),
            Error = CapturedText.Of(_complained, _options.Redactor),
        };
    }

    public ValueTask DisposeAsync()
    {
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
        return ValueTask.CompletedTask;
    }

    private TimeSpan Limit(CommandAttempt attempt) =>
        attempt.IsEndless ? _options.Limits.Following
        : attempt.Judge.Vectors.Any(vector => _rules.Habits.Waits(vector.Words)) ? _options.Limits.Waiting
        : _options.Limits.Command;

    // What `$( … )` has put into an argument is known only now.
    private void Learn(ImmutableArray<StartedProgram> started)
    {
        foreach (var (name, value) in started.SelectMany(each => _rules.Secrets.In(each.Arguments)))
        {
            _options.Redactor.Learn(name, value);
        }
    }

    private ImmutableArray<string> Shown(ImmutableArray<string> arguments) =>
        [.. _rules.Secrets.Redact(arguments).Select(_options.Redactor.Redact)];

    private CommandOutcome Conclude(
        CommandAttempt attempt, ShellOutcome outcome, ImmutableArray<StartedProgram> started, bool isCancelled)
    {
        var limit = Limit(attempt).TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return outcome switch
        {
            ShellOutcome.Exited exited => Exited(exited.Status, started),
            ShellOutcome.Refused refused => _clock.End(CommandEnd.Refused) with
            {
                Refusals = attempt.Locate(refused.Reasons),
            },
            ShellOutcome.Stopped stopped => _clock.End(CommandEnd.Stopped) with
            {
                Refusals = [attempt.Locate(stopped.Reason)],
            },
            ShellOutcome.Cancelled when isCancelled => _clock.End(CommandEnd.Cancelled),
            ShellOutcome.Cancelled when attempt.IsEndless => _clock.End(CommandEnd.Followed) with
            {
                Remark = $"It does not end by itself; it was followed for {limit} s.",
            },
            _ => _clock.End(CommandEnd.TimedOut) with { Remark = $"It was ended after {limit} s, its limit." },
        };
    }

    private CommandOutcome Exited(int status, ImmutableArray<StartedProgram> started)
    {
        // The status of a pipeline is that of its last program.
        var answer = status == 0 || started.IsEmpty ? null : _rules.Habits.Answer(started[^1].Arguments, status);
        var end = status == 0 || answer is not null ? CommandEnd.Succeeded : CommandEnd.Failed;
        var remark = answer is null ? null : $"Status {status}: {answer}.";
        return _clock.End(end) with { ExitCode = status, Remark = remark };
    }

    /// <summary>Waits until the ports of port-forwards are open, or one of the programs has ended.</summary>
    private async Task<(CommandEnd End, int? Status, string? Remark)?> HoldAsync(
        ImmutableArray<StartedProgram> forwards, CancellationToken cancellationToken)
    {
        var start = _options.Time.GetTimestamp();
        while (true)
        {
            if (forwards.FirstOrDefault(each => each.Program.Completion.IsCompleted) is { } ended)
            {
                var status = await ended.Program.Completion;
                return (CommandEnd.Failed, status, "The port-forward ended before its port was open.");
            }

            if (forwards.All(IsOpen))
            {
                return (CommandEnd.Held, null, null);
            }

            var limit = _options.Limits.PortForward;
            if (_options.Time.GetElapsedTime(start) >= limit || cancellationToken.IsCancellationRequested)
            {
                var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
                foreach (var forward in forwards)
                {
                    forward.Program.Kill();
                }

                return (CommandEnd.TimedOut, null, $"The port was not open after {seconds} s.");
            }

            await Task.Delay(LookPause, _options.Time, CancellationToken.None);
        }
    }

    // A port that kubectl chooses itself is open when it says so.
    private bool IsOpen(StartedProgram forward)
    {
        var ports = PortForward.LocalPorts(forward.Arguments);
        return !ports.IsEmpty && ports.All(port => port == 0 ? _printed.TotalBytes > 0 : ListeningPorts.IsOpen(port));
    }

    // With nothing left in the background the pipes end by themselves; a stray descendant may hold them longer.
    private async Task DrainAsync()
    {
        _output.Dispose();
        _error.Dispose();
        if (_session.RunningJobs > 0)
        {
            return;
        }

        var drained = Task.WhenAll(_printed.Completion, _complained.Completion);
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(drained, Task.Delay(DrainLimit, _options.Time, stop.Token));
        await stop.CancelAsync();
    }
}
