using System.Collections.Immutable;
using Midwatch.Processes;

// Starts the shell script of its first argument, says when it runs, and then waits to be killed.
await using var starter = new ProgramStarter();
using var console = new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false);
var result = starter.Start(new()
{
    Argv = ["sh", "-c", args[0]],
    Environment = ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin").Add("CANARY", args[1]),
    WorkingDirectory = "/",
    StandardOutput = console,
});
if (result is not StartResult.Started started)
{
    await Console.Error.WriteLineAsync(result.ToString());
    return 1;
}

await started.Program.Exited;
return 0;
