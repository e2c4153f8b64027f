using System.Collections.Immutable;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// What lasts from one block to the next: variables, functions, the working directory, options, the last exit status
/// and
/// background jobs. One script at a time runs in a session.
/// </summary>
public sealed class ShellSession : IAsyncDisposable
{
    // As if SIGKILL had ended it.
    private const int KilledStatus = 137;

    private readonly Lock _gate = new();
    private readonly List<BackgroundJob> _jobs = [];
    private int _ownNumbers = 1_000_000_000;
    private DescriptorWatch? _watch;

    /// <summary>Opens a session.</summary>
    /// <param name="workingDirectory">Absolute; where the session starts.</param>
    /// <param name="environment">
    /// Becomes exported variables; also <c>PATH</c> and <c>HOME</c> come from here alone.
    /// </param>
    public ShellSession(string workingDirectory, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        State = new ShellState(workingDirectory);
        foreach (var (name, value) in environment)
        {
            State.Put(name, new ShellVariable { Text = value, Exported = true });
        }

        State.Put("PWD", new ShellVariable { Text = workingDirectory, Exported = true });
    }

    /// <summary>Gets where relative paths start from now.</summary>
    public string WorkingDirectory => State.WorkingDirectory;

    /// <summary>Gets the exit status of the last command, 0 to 255.</summary>
    public int LastStatus => State.LastStatus;

    /// <summary>Gets the names of all variables that have a value.</summary>
    public ImmutableArray<string> VariableNames =>
        [.. State.Variables.Where(pair => pair.Value.Scalar is not null).Select(pair => pair.Key)
            .Order(StringComparer.Ordinal)];

    /// <summary>Gets how many background jobs have not ended yet.</summary>
    public int RunningJobs => Jobs.Count(job => !job.IsSubstitution && !job.Completion.IsCompleted);

    internal ShellState State { get; }

    internal ImmutableArray<BackgroundJob> Jobs
    {
        get
        {
            lock (_gate)
            {
                return [.. _jobs];
            }
        }
    }

    /// <summary>The value of a variable; null when it has none.</summary>
    public string? Get(string name) => State.Get(name);

    /// <summary>Sets a variable as an assignment in the script would: unquoted, its value is split.</summary>
    /// <returns>False when the variable is read-only.</returns>
    public bool Set(string name, string value) => State.TrySet(name, value);

    /// <summary>
    /// Sets a variable to a value from outside the script: an alert label, a person's answer. It stays one word even
    /// without quotes, is no glob, and a word that begins with it may not begin with a hyphen.
    /// </summary>
    /// <returns>False when the variable is read-only.</returns>
    public bool Bind(string name, string value) => State.TrySet(name, value, foreign: true);

    /// <summary>Sets <c>$1</c>, <c>$2</c> and so on.</summary>
    public void SetPositional(IEnumerable<string> values) => State.Positional = [.. values];

    /// <summary>Says what the scripts of this session are: for <c>$0</c>, <c>$LINENO</c> and <c>source</c>.</summary>
    /// <param name="name">What <c>$0</c> gives; until this is called it is <c>midwatch</c>.</param>
    /// <param name="text">The text that was parsed, in which lines are counted.</param>
    public void Describe(string name, string text) =>
        State.Surroundings = State.Surroundings with { ScriptName = name, Text = text };

    /// <summary>Ends all background jobs and waits until they are gone.</summary>
    public async ValueTask EndJobsAsync()
    {
        BackgroundJob[] jobs;
        lock (_gate)
        {
            jobs = [.. _jobs];
            _jobs.Clear();
        }

        foreach (var job in jobs)
        {
            job.Kill(KilledStatus);
        }

        await Task.WhenAll(jobs.Select(job => job.Completion));
        foreach (var job in jobs)
        {
            job.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndJobsAsync();
        _watch?.Dispose();
    }

    /// <summary>What waits for pipes on behalf of this session.</summary>
    internal DescriptorWatch Watch(IProgramHost host)
    {
        lock (_gate)
        {
            return _watch ??= new DescriptorWatch(host.CreatePipe());
        }
    }

    /// <summary>Forgets the jobs that have ended, when all have been waited for.</summary>
    internal void Forget()
    {
        foreach (var job in Jobs.Where(job => job.Completion.IsCompleted))
        {
            job.WasWaitedFor = true;
        }
    }

    internal int NextNumber() => Interlocked.Increment(ref _ownNumbers);

    internal BackgroundJob NewJob(ShellState owner, bool isSubstitution)
    {
        var job = new BackgroundJob { Owner = owner.Identity, IsSubstitution = isSubstitution };
        lock (_gate)
        {
            _jobs.Add(job);
        }

        return job;
    }
}
