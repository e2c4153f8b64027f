using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint.Calls;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Waits without a limit (MW2013) and commands that never end (MW2014).</summary>
internal sealed partial class WaitCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) => document.Calls.Where(call =>
        !document.IsInProse(call)).SelectMany(OfCall)
        .Concat(document.Commands.SelectMany(OfLoops))
        .Concat(Followers(document));

    private static IEnumerable<Report> OfCall(CommandCall call)
    {
        if (IsLimited(call))
        {
            yield break;
        }

        if (call.IsKubectl("rollout status") && !call.Has("--timeout") && call.ValueOf("-w", "--watch")?.Text != "false"
            && !call.Parsed!.Options.Any(option => option.Name is "-w" or "--watch" && option.Value?.Text == "false")
            && !IsShownHanging(call))
        {
            yield return new Report("MW2013", call.Head, RolloutWait(call), "Add '--timeout=5m'.");
        }

        if (call.IsKubectl("wait") && call.ValueOf("--timeout") is { Known: true } limit && limit.Text.StartsWith('-'))
        {
            yield return new Report("MW2013", call.PlaceOf("--timeout"),
                "A negative timeout waits a week.", "Name the time after which something else is to be tried.");
        }
    }

    /// <summary>The document shows what it prints while it hangs: that is an example of the failure.</summary>
    private static bool IsShownHanging(CommandCall call) =>
        call.Command.Expects.OfType<Steps.Expectation.Told>().Any(told => told.IsExample
            && told.Text.Contains("Waiting for", StringComparison.Ordinal));

    /// <summary>A Deployment gives up by itself, after <c>progressDeadlineSeconds</c>; others never do.</summary>
    private static string RolloutWait(CommandCall call) => call.Command.Effect.Target?.Kind is "deployment"
        ? "'rollout status' waits for a broken rollout until the Deployment gives up, after 10 minutes by default."
        : "'rollout status' waits until the rollout is done, which for a broken one is never.";

    private static bool IsLimited(CommandCall call)
    {
        for (var outer = call.Outer; outer is not null; outer = outer.Outer)
        {
            if (outer.Program is "timeout" or "gtimeout")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Loops until something holds, without a count or a clock.</summary>
    private static IEnumerable<Report> OfLoops(Steps.StepCommand command)
    {
        if (command.Script is null)
        {
            yield break;
        }

        foreach (var loop in ShellTree.Descendants(command.Script).OfType<Command.While>())
        {
            var text = command.Text[loop.Span.Start..Math.Min(loop.Span.End, command.Text.Length)];
            var condition = loop.Condition is [{ Command: Command.Simple { Words: [var word, ..] } }, ..]
                ? word.StaticText
                : null;
            var bounded = condition is "read" or "IFS=" || Bound().IsMatch(text);
            if (!bounded)
            {
                var (line, column) = command.Locate(loop.Span.Start);
                var place = new Diagnostics.DocumentSpan(line, column, line, column + 5);
                yield return condition is "true" or ":" or "sleep"
                    ? new Report("MW2014", place, "The loop goes on until somebody ends it.",
                        "Count the rounds, or say when to stop looking.")
                    : new Report("MW2013", place, "The loop waits without a limit.",
                        "Count the rounds, or put 'timeout 300' in front.");
            }
        }
    }

    private static IEnumerable<Report> Followers(LintDocument document) =>
        from command in document.Commands
        where command.Effect.Marks.HasFlag(Marks.Endless) && !document.IsInProse(command)
        let call = document.Calls.FirstOrDefault(each => each.Command == command && IsFollower(each))
        where call is not null && !IsLimited(call) && !call.Background
            && !IsCounted(call) && !IsCut(call)
        select new Report("MW2014", call.Head,
            $"'{string.Join(' ', [call.Program, .. call.Parsed?.Path ?? []])}' goes on until somebody ends it.",
            "Say when to stop looking, or ask once (without following).");

    /// <summary>
    /// What it, or what runs it, hands its output to ends it: <c>docker exec … tail -f … | head</c>.
    /// </summary>
    private static bool IsCut(CommandCall call)
    {
        for (var each = call; each is not null; each = each.Outer)
        {
            if (each.Behind.Any(next => next.Program is "head" or "sed"
                || (next.Program == "grep" && next.Has("-m", "-q"))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>So many rounds or packets, or only its version, and it ends.</summary>
    private static bool IsCounted(CommandCall call) => call.Program switch
    {
        "top" or "htop" or "atop" => call.Words.Any(word => Rounds().IsMatch(word.Text)),
        "tcpdump" => call.Words.Any(word => word.Text.StartsWith("-c", StringComparison.Ordinal)
            || word.Text.StartsWith("-W", StringComparison.Ordinal)),
        _ => false,
    };

    [GeneratedRegex(@"^-[a-zA-Z]*n\d*$|^-[vV]$", RegexOptions.CultureInvariant)]
    private static partial Regex Rounds();

    /// <summary>What counts rounds or time, or leaves the loop.</summary>
    [GeneratedRegex(@"\bbreak\b|SECONDS|timeout|\+\+|\+ ?1\b|\bexit\b|\bread "
        + @"|\bshift\b|date \+%s|elapsed|attempt|max_|MAX_|\breturn\b|\bjobs\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Bound();

    private static bool IsFollower(CommandCall call) =>
        Follows(call) && call.Verb is not ("apply" or "create")
        || call.Program is "watch" or "top" or "htop" or "tcpdump"
        || call.IsKubectl("port-forward", "proxy", "attach")
        || call.Has("--stat", "--latency", "--latency-history");

    /// <summary>Ahead of its verb, <c>docker compose -f</c> names a file; behind it, it follows.</summary>
    private static bool Follows(CommandCall call)
    {
        var verb = call.Parsed is { Path: [.., var last] } ? call.Words.Select(word => word.Text).ToList().IndexOf(last)
            : 0;
        return call.Has("--follow", "-w", "--watch", "--watch-only", "-F")
            || (call.Has("-f") && call.Words.Skip(verb + 1).Any(word =>
                word.Text.StartsWith("-f", StringComparison.Ordinal) || (word.Text.StartsWith('-')
                    && !word.Text.StartsWith("--", StringComparison.Ordinal)
                    && word.Text.EndsWith('f'))));
    }
}
