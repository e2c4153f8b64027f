using System.Diagnostics;
using System.Text;

namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>One run of the built binary, as a user starts it.</summary>
internal sealed class MidwatchRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private readonly Lock _gate = new();

    private MidwatchRun(Process process, string dataDirectory)
    {
        _process = process;
        DataDirectory = dataDirectory;
    }

    /// <summary>The run's own <c>MIDWATCH_DATA</c>, removed at the end.</summary>
    internal string DataDirectory { get; }

    internal int ProcessId => _process.Id;

    internal string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    internal static MidwatchRun Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var data = Path.Combine(Path.GetTempPath(), $"midwatch-e2e-{Guid.CreateVersion7():N}");
        var start = new ProcessStartInfo(Repository.Binary, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["MIDWATCH_HOME"] = Repository.Root;
        start.Environment["MIDWATCH_DATA"] = data;
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var run = new MidwatchRun(new Process { StartInfo = start }, data);
        run._process.OutputDataReceived += (_, line) => run.Take(line.Data);
        run._process.ErrorDataReceived += (_, line) => run.Take(line.Data);
        run._process.Start();
        run._process.StandardInput.Close();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Waits until the output holds the text; fails with the whole output when the time is over.</summary>
    internal async Task SeesAsync(string text, TimeSpan limit)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _waiting.Add((text, seen));
        }

        if (await Task.WhenAny(seen.Task, _process.WaitForExitAsync(), TimeLimit(limit)) != seen.Task
            && !seen.Task.IsCompleted)
        {
            Assert.Fail($"'{text}' did not appear within {limit}. Output:\n{Output}");
        }
    }

    internal async Task<int> ExitsAsync(TimeSpan limit)
    {
        using var limited = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(limited.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Still running after {limit}. Output:\n{Output}");
        }

        return _process.ExitCode;
    }

    internal void Kill() => _process.Kill();

    internal void Signal(string name) =>
        Process.Start("kill",
            ["-s", name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (Directory.Exists(DataDirectory))
        {
            await LeftBehind.AfterAsync(DataDirectory, TimeSpan.FromSeconds(2));
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static Task TimeLimit(TimeSpan limit) =>
        Task.Delay(limit, TimeProvider.System, TestContext.Current.CancellationToken);

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _output.AppendLine(line);
            var text = _output.ToString();
            foreach (var (_, seen) in _waiting.Where(wait => text.Contains(wait.Text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }
}
