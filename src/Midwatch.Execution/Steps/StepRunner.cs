using System.Collections.Immutable;
using Midwatch.Execution.Programs;
using Midwatch.Execution.Redaction;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Steps;

/// <summary>
/// Runs commands of a compiled runbook in one session: variables and directory last from command to command,
/// port-forwards until
/// the group of steps ends. One command at a time; steps that run in parallel have a runner each.
/// </summary>
public sealed class StepRunner : IAsyncDisposable
{
    private readonly StepRunnerOptions _options;
    private readonly StepFolder _folder;
    private readonly ShellSession _session;
    private readonly StepRules _rules;
    private readonly RecordingHost _host;

    private StepRunner(StepRunnerOptions options, StepFolder folder)
    {
        _options = options;
        _folder = folder;
        _session = new ShellSession(folder.Work, folder.Environment(options));
        _rules = new StepRules(options.Judge, new StepHabits(), new SecretArguments());
        _host = new RecordingHost(new ProgramHost(options.Starter), _rules.Habits);
        foreach (var (name, value) in options.Variables.Where(variable => IsName(variable.Key)))
        {
            _session.Bind(name, value);
        }
    }

    /// <summary>Opens a session; its folders are made.</summary>
    /// <exception cref="IOException">The folders cannot be made.</exception>
    public static StepRunner Open(StepRunnerOptions options) => new(options, StepFolder.Create(options));

    /// <summary>Says what the command would start and all that keeps it from running; nothing runs.</summary>
    public CommandPreview Preview(StepCommand command, Allowance allowance)
    {
        var attempt = new CommandAttempt(command, allowance, _rules);
        return Preview(attempt);
    }

    /// <summary>Runs a command: refused before anything runs when a part of it may not or cannot.</summary>
    /// <param name="allowance">What policy and approvals grant it.</param>
    /// <param name="cancellationToken">Ends everything that the command has started.</param>
    public async Task<CommandOutcome> RunAsync(
        StepCommand command, Allowance allowance, CancellationToken cancellationToken)
    {
        var attempt = new CommandAttempt(command, allowance, _rules);
        var clock = new OutcomeClock(_options.Time, command, _options.Redactor);
        var preview = Preview(attempt);
        if (preview.Question is { } question)
        {
            var answer = _options.Ask is { } ask ? await ask(question, cancellationToken) : null;
            return clock.End(CommandEnd.AskedAnotherWay) with
            {
                Question = question,
                Answer = answer,
                Remark = $"Asked another way: {question} {answer?.Sentence ?? "Nobody was there to answer."}",
            };
        }

        if (!preview.Refusals.IsEmpty)
        {
            return clock.End(CommandEnd.Refused) with { Refusals = preview.Refusals };
        }

        foreach (var (name, value) in attempt.Judge.Vectors.SelectMany(vector => vector.Secrets(_rules.Secrets)))
        {
            _options.Redactor.Learn(name, value);
        }

        await using var run = new CommandRun(_options, _rules, _host, _session, clock);
        return await run.RunAsync(attempt, Interpreter(attempt), cancellationToken);
    }

    /// <summary>Ends the group of steps: port-forwards and whatever else still runs of it.</summary>
    public async Task EndGroupAsync()
    {
        await _session.EndJobsAsync();
        await _host.EndAllAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndGroupAsync();
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    private CommandPreview Preview(CommandAttempt attempt)
    {
        if (attempt.ElsewhereObjection() is { } elsewhere)
        {
            return new CommandPreview([], [elsewhere], null);
        }

        if (!attempt.Parsed.IsSound)
        {
            return new CommandPreview([], attempt.Locate(attempt.Parsed.Diagnostics), null);
        }

        var preflight = Interpreter(attempt).Check(attempt.Script, _session, _options.Bindings);
        var vectors = attempt.Judge.Vectors;
        ImmutableArray<ImmutableArray<string>> shown = [.. vectors.Select(vector => vector.Seal(_rules.Secrets))];
        if (attempt.AsksForPod)
        {
            var question = vectors.Select(vector => _rules.Habits.Pods.Question(vector.Words))
                .FirstOrDefault(each => each is not null);
            if (question is not null)
            {
                return new CommandPreview(shown, [], question);
            }
        }

        return new CommandPreview(shown, [.. attempt.Objections(shown), .. attempt.Locate(preflight.Refusals)], null);
    }

    private Interpreter Interpreter(CommandAttempt attempt) => new(
        _host,
        attempt.Judge,
        new InterpreterOptions { WritableDirectory = _folder.Work, Time = _options.Time });

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0])
        && text.All(letter => letter == '_' || char.IsAsciiLetterOrDigit(letter));
}
