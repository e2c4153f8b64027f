using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Midwatch.LocalCluster.Api.Resources;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>Replays one transcript on a cluster of its own.</summary>
internal sealed partial class Replayer(
    Transcript transcript, ReplayCluster cluster, ReplayNotes notes, string kubectl, CancellationToken ct)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StillQuiet = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);
    private readonly Tokens _tokens = new();
    private string _last = "";

    public async Task<ImmutableArray<StepResult>> RunAsync()
    {
        foreach (var (file, text) in transcript.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(cluster.Folder, file), Prepared(text), ct);
        }

        foreach (var name in Namespaces())
        {
            cluster.MakeNamespace(name);
        }

        await cluster.SettleAsync(Quiet, TimeSpan.FromSeconds(5), ct);
        var results = ImmutableArray.CreateBuilder<StepResult>();
        foreach (var step in transcript.Steps)
        {
            results.Add(await RunAsync(step));
        }

        return results.ToImmutable();
    }

    private async Task<StepResult> RunAsync(RecordedStep step)
    {
        var extra = notes.Steps.GetValueOrDefault(step.Id) ?? StepNotes.None;
        if (!(IsRead(step) || IsProgress(step)) || extra.Before.Length > 0)
        {
            await cluster.SettleAsync(Quiet, TimeSpan.FromSeconds(5), ct);
        }

        foreach (var command in extra.Before)
        {
            if (command == "!compact")
            {
                cluster.Compact();
                continue;
            }

            _ = await StartAsync([kubectl, .. command.Split(' ')], "");
        }

        var known = _tokens.Snapshot();
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            _tokens.Restore(known);
            var revision = cluster.Store.Revision;
            var present = await OnceAsync(step, extra);
            var difference = Difference(step, present);
            if (difference is null || !IsRead(step) || notes.Differences.ContainsKey(step.Id)
                || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return Done(step, present, difference);
            }

            // What the recording's driver waited for may still be on its way.
            await cluster.SettleAsync(Quiet, StillQuiet, ct);
            if (cluster.Store.Revision == revision && !cluster.IsWorking && !IsPatient(extra))
            {
                return Done(step, present, difference);
            }
        }
    }

    private static bool IsPatient(StepNotes extra) => extra.Set.ContainsKey("!wait");

    private StepResult Done(RecordedStep step, (int Code, string Output, string Error) present, string? difference)
    {
        _last = present.Output;
        return new StepResult(step, present.Code, present.Output, present.Error, difference);
    }

    private async Task<(int Code, string Output, string Error)> OnceAsync(RecordedStep step, StepNotes extra)
    {
        var command = step.Command.Select(word => Filled(word, extra)).ToImmutableArray();
        if (command[0] == "kubectl")
        {
            command = command.SetItem(0, kubectl);
        }

        var running = StartAsync(command, Filled(step.Input, extra));
        foreach (var one in extra.Meanwhile)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, ct);
            _ = await StartAsync([kubectl, .. one.Split(' ')], "");
        }

        return await running;
    }

    private string? Difference(RecordedStep step, (int Code, string Output, string Error) present)
    {
        var isTable = step.Command.Contains("get") || step.Command.Contains("describe")
            || step.Command.Contains("events") || step.Command.Contains("drain") || step.Command.Contains("logs")
            || step.Command.Contains("delete") || step.Command.Contains("--list");
        var output = Compare(step, step.Output, present.Output, isTable);
        var error = Compare(step, step.Error, present.Error, isTable);
        return step.Code >= 0 && step.Code != present.Code
            ? $"exit code {step.Code}, now {present.Code}\n{error ?? output ?? present.Error}"
            : output is not null ? $"output, {output}" : error is not null ? $"errors, {error}" : null;
    }

    private string? Compare(RecordedStep step, string recorded, string present, bool isTable)
    {
        recorded = notes.Apply(recorded);
        present = notes.Apply(present);
        if (IsProgress(step) && step.Code == 0)
        {
            // How many steps of a rollout one sees depends on when one looks.
            (recorded, present) = (Last(recorded), Last(present));
        }

        if (step.Command[0] != "curl")
        {
            return OutputComparison.Difference(recorded, present, _tokens, isTable, step.Line);
        }

        var (head, body) = Headers(recorded);
        var (nowHead, nowBody) = Headers(present);
        if (OutputComparison.Difference(head, nowHead, _tokens, isTable: true) is { } wrong)
        {
            return wrong;
        }

        return JsonComparison.TryCompare(body, nowBody, _tokens, out var difference)
            ? difference
            : OutputComparison.Difference(body, nowBody, _tokens, isTable: false);
    }

    private static (string Head, string Body) Headers(string text)
    {
        var end = text.StartsWith("HTTP/", StringComparison.Ordinal)
            ? text.ReplaceLineEndings("\n").IndexOf("\n\n", StringComparison.Ordinal) : -1;
        text = end < 0 ? text : text.ReplaceLineEndings("\n");
        return end < 0 ? ("", text) : (text[..end], text[(end + 2)..]);
    }

    private string Filled(string word, StepNotes extra)
    {
        foreach (var (token, value) in extra.Set)
        {
            var filled = value switch
            {
                "!rv" => Version().Matches(_last).LastOrDefault()?.Groups[1].Value ?? "1",
                "!now" => cluster.Store.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "!clock" => KubernetesTime.Format(TimeProvider.System.GetUtcNow()),
                "!old" => new ContinueToken(1, "goldcrest\u0001a").Encode(),
                "!continue" => Continue().Match(_last).Groups[1].Value,
                _ => value,
            };
            word = word.Replace($"<{token}>", filled, StringComparison.Ordinal);
        }

        return Prepared(LookedUp(_tokens.Fill(word)));
    }

    // The driver looked up names like web-<hash1>-<id1> before a command said them for the first time.
    private string LookedUp(string word)
    {
        foreach (Match open in Generated().Matches(word))
        {
            var names = cluster.Store.List(new StoreScope(null, null, null)).Select(one => one.Key.Name).Distinct();
            _ = names.FirstOrDefault(name => _tokens.Match(open.Value, name, []));
        }

        return _tokens.Fill(word);
    }

    private string Prepared(string text) => text
        .Replace("<server>", cluster.Server.Authority, StringComparison.Ordinal)
        .Replace("<token-admin>", cluster.AdminToken, StringComparison.Ordinal)
        .Replace("<viewer>", cluster.ViewerToken, StringComparison.Ordinal)
        .Replace("<stale rv>", "1", StringComparison.Ordinal);

    private async Task<(int Code, string Output, string Error)> StartAsync(ImmutableArray<string> command, string input)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = cluster.Folder,
        };
        start.Environment["KUBECONFIG"] = cluster.Kubeconfig;
        start.Environment["HOME"] = cluster.Folder;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(ct);
            return (-1, await output, await error);
        }

        return (process.ExitCode, await output, await error);
    }

    private static bool IsRead(RecordedStep step) => step.Command[0] == "curl"
        ? !step.Command.Contains("-X") && !step.Command.Contains("-d") && !step.Command.Contains("-N")
        : Verb(step) is "get" or "describe" or "events" or "api-resources" or "api-versions" or "explain" or "version"
            or "auth" || step.Command.Contains("logs")
            || step.Line.Contains("rollout history", StringComparison.Ordinal);

    private static bool IsProgress(RecordedStep step) =>
        step.Line.Contains("rollout status", StringComparison.Ordinal);

    private static string Last(string text) => text.TrimEnd('\n').Split('\n')[^1];

    private static string Verb(RecordedStep step) =>
        step.Command[1] == "--kubeconfig" ? step.Command[3] : step.Command.Length > 1 ? step.Command[1] : "";

    // The driver made a scenario's namespaces, but for those that are told of as missing or being made.
    private IEnumerable<string> Namespaces()
    {
        var everything = string.Concat(transcript.Steps.Select(step => step.Line + "\n"))
            + string.Concat(transcript.Files.Select(file => file.Text));
        var said = string.Concat(transcript.Steps.Select(step => step.Output + step.Error));
        var list = transcript.Steps.FirstOrDefault(step => step.Line == "kubectl get ns")?.Output;
        return Named().Matches(everything).Select(found => found.Groups[1].Value).Distinct().Where(name =>
            (list is null || list.Contains("\n" + name + " ", StringComparison.Ordinal))
            && !said.Contains($"namespace/{name} created", StringComparison.Ordinal)
            && !said.Contains($"namespaces \"{name}\" not found", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?:-n |namespace: |/namespaces/)([a-z][a-z0-9-]*)\b(?!\s*\.)")]
    private static partial Regex Named();

    [GeneratedRegex("[a-z0-9-]*(?:<(?:hash|id)[0-9]+>-?)+")]
    private static partial Regex Generated();

    [GeneratedRegex("\"resourceVersion\": ?\"([0-9]+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("\"continue\": ?\"([^\"]+)\"")]
    private static partial Regex Continue();
}

/// <summary>How a step went.</summary>
/// <param name="Difference">Null when it went as recorded.</param>
internal sealed record StepResult(RecordedStep Step, int Code, string Output, string Error, string? Difference);
