using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Commands that need a terminal for nothing (MW2015), and editors (MW2016).</summary>
internal sealed class TerminalCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        foreach (var call in document.Calls)
        {
            if (!document.IsInProse(call) && NeedlessTerminal(call, document))
            {
                var option = call.Parsed!.Options.First(each => each.Name is "-t" or "--tty");
                var place = call.Words.Select((word, i) => (word, i))
                    .FirstOrDefault(each => each.word.Text == option.Name || IsBundle(each.word.Text, 't'));
                yield return new Report("MW2015", call.Places[place.i],
                    "A terminal is asked for, where the command asks nothing: in a pipe or a script it fails or garbles.",
                    call.Verb == "run" ? "Write '-i' instead of '-it': the output comes all the same."
                        : "Leave '-t' out.");
            }

            if (IsEditor(call) && call.Outer is null or { Program: "sudo" })
            {
                yield return new Report("MW2016", call.Head,
                    "An editor opens: a person has to make the change by hand, and nothing shows what was changed.",
                    call.IsKubectl() ? "Give the change as 'kubectl patch', 'kubectl set' or a manifest."
                        : "Give the change as 'sed -i', a patch or the whole file.");
            }
        }
    }

    private static bool IsBundle(string word, char letter) =>
        word.Length is > 1 and < 6 && word[0] == '-' && word[1] != '-'
            && word.Contains(letter, StringComparison.Ordinal);

    /// <summary>
    /// A terminal with a program that only prints. Shells, sessions and editors need theirs.
    /// </summary>
    private static bool NeedlessTerminal(CommandCall call, LintDocument document)
    {
        if (!(call.IsKubectl("exec", "run") || (call.Program is "docker" or "podman" or "nerdctl"
            && call.Verb is "exec" or "run"))
            || !call.Has("-t", "--tty"))
        {
            return false;
        }

        var inner = document.Calls.FirstOrDefault(each => each.Outer == call);
        return inner is not null
            && (inner.Parsed is null ? IsArgument(call, inner) : !IsSession(inner, document));
    }

    /// <summary>The image brings the program, and what stands there are its arguments.</summary>
    private static bool IsArgument(CommandCall call, CommandCall inner) =>
        inner.Words[0].Known && call.ValueOf("--image") is { Known: true } image && !call.Has("--command")
        && call.Tool!.Entrypoints.Keys.Any(name => image.Text.Contains(name, StringComparison.Ordinal));

    private static bool IsSession(CommandCall call, LintDocument document)
    {
        var inner = document.Calls.FirstOrDefault(each => each.Outer == call);
        if (call.Words.Skip(1).Any(word => word.Text is "c" or "console" or "dbconsole" or "shell" or "repl" or "iex"))
        {
            return true;
        }

        return call.Program switch
        {
            "bash" or "sh" or "zsh" or "ash" => inner is null || IsSession(inner, document),
            "psql" => !call.Has("-c", "--command", "-l", "--list", "-f", "--file"),
            "cqlsh" => !call.Has("-e", "--execute", "-f", "--file"),
            "mysql" or "mariadb" => !call.Has("-e", "--execute"),
            "redis-cli" => call.Parsed!.Operands.IsEmpty && !call.Has("--bigkeys", "--scan"),
            "ping" => !call.Words.Any(word => word.Text.StartsWith("-c", StringComparison.Ordinal)),
            "python" or "ruby" or "node" or "perl" or "php" => !call.Has("-c", "-e") && call.Parsed!.Operands.IsEmpty,
            "top" or "htop" or "less" or "more" or "vi" or "vim" or "nano" or "mongo" or "mongosh" or "su" or "watch"
                or "sqlite3" or "ssh" or "telnet" or "tcpdump" or "kafka-console-consumer.sh" => true,
            _ => call.Parsed!.Operands.IsEmpty && call.Parsed.Verb.Bare?.Marks.HasFlag(Marks.Interactive) == true,
        };
    }

    private static bool IsEditor(CommandCall call) =>
        call.IsKubectl("edit") || call.Program is "vi" or "vim" or "nano" or "emacs" or "visudo"
        || (call.Program == "crontab" && call.Has("-e"))
        || call.IsKubectl("rollout edit");
}
