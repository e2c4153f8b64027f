using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Variables that the shell itself computes, each time they are asked for.</summary>
internal static class ComputedVariables
{
    private const int RandomBelow = 32768;
    private const string Version = "5.2.15(1)-release";

    public static ImmutableArray<string> Names { get; } =
    [
        "PIPESTATUS", "RANDOM", "SRANDOM", "SECONDS", "LINENO", "EPOCHSECONDS", "EPOCHREALTIME", "BASHPID",
        "BASH_SUBSHELL", "FUNCNAME", "BASH_SOURCE", "BASH_LINENO", "BASH_VERSION", "BASH_VERSINFO", "UID", "EUID",
        "PPID", "HOSTNAME", "OSTYPE", "MACHTYPE", "HOSTTYPE", "BASH", "SHELLOPTS", "DIRSTACK",
        "OPTIND",
    ];

    public static ShellVariable? Find(string name, ShellState state) => name switch
    {
        "PIPESTATUS" => List(state.PipeStatus.Select(status => Text(status))),
        "RANDOM" => Number(RandomNumberGenerator.GetInt32(RandomBelow)),
        "SRANDOM" => Number(RandomNumberGenerator.GetInt32(int.MaxValue)),
        "SECONDS" => Number((long)state.Surroundings.Time.GetElapsedTime(state.Surroundings.StartedAt).TotalSeconds),
        "EPOCHSECONDS" => Number(state.Surroundings.Time.GetUtcNow().ToUnixTimeSeconds()),
        "EPOCHREALTIME" => Plain((state.Surroundings.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds
            .ToString("F6", CultureInfo.InvariantCulture)),
        "LINENO" => Number(Line(state, state.Place)),
        "BASHPID" => Number(Environment.ProcessId),
        "BASH_SUBSHELL" => Number(state.SubshellDepth),
        "FUNCNAME" => state.Calls.IsEmpty ? null
            : List(state.Calls.Select(call => call.Name).Append("main")),
        "BASH_SOURCE" => List(state.Calls.Select(_ => state.Surroundings.ScriptName)
            .Append(state.Surroundings.ScriptName)),
        "BASH_LINENO" => List(state.Calls.Select(call => Text(Line(state, call.Place))).Append("0")),
        "DIRSTACK" => List(state.DirectoryStack.Prepend(state.WorkingDirectory)),
        _ => OfTheMachine(name),
    };

    /// <summary>Whether a value is not kept, because the shell computes it; <c>SECONDS</c> begins anew.</summary>
    public static bool TakesValue(string name, ShellVariable variable, ShellState state)
    {
        if (name is not ("RANDOM" or "SECONDS" or "PIPESTATUS" or "LINENO" or "EPOCHSECONDS" or "FUNCNAME"))
        {
            return false;
        }

        if (name == "SECONDS" && long.TryParse(variable.Text, CultureInfo.InvariantCulture, out var seconds))
        {
            var (time, ticks) = (state.Surroundings.Time, seconds * state.Surroundings.Time.TimestampFrequency);
            state.Surroundings = state.Surroundings with { StartedAt = time.GetTimestamp() - ticks };
        }

        return true;
    }

    private static ShellVariable? OfTheMachine(string name) => name switch
    {
        // Until the script sets it.
        "OPTIND" => Plain("1"),
        "BASH_VERSION" => Plain(Version),
        "BASH_VERSINFO" => List(["5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"]),
        "UID" or "EUID" => Number(ProcessFacts.UserId),
        "PPID" => Number(ProcessFacts.ParentId),
        "HOSTNAME" => Plain(Environment.MachineName),
        "OSTYPE" => Plain("linux-gnu"),
        "MACHTYPE" => Plain("x86_64-pc-linux-gnu"),
        "HOSTTYPE" => Plain("x86_64"),
        "BASH" => Plain("/bin/bash"),
        "SHELLOPTS" => Plain("braceexpand:hashall:interactive-comments"),
        _ => null,
    };

    private static int Line(ShellState state, SourceSpan place) =>
        state.Surroundings.Text is { } text ? ShellPosition.Of(text, place.Start).Line : 0;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static ShellVariable Number(long value) => Plain(Text(value));

    private static ShellVariable Plain(string value) => new() { Text = value };

    private static ShellVariable List(IEnumerable<string> values) => new() { Elements = ShellArrays.Of(values) };
}
