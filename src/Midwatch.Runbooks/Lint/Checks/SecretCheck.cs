using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// Passwords on a command line (MW2040), commands that print a cluster's secrets (MW2041) or what may be one (MW2063).
/// </summary>
internal sealed partial class SecretCheck : DocumentCheck
{
    private static readonly Lazy<ImmutableArray<ImmutableArray<string>>> Unsure =
        new(() => [.. LintData.Rows("unsure-secrets.txt")]);

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        document.Calls.SelectMany(call => OnCommandLine(call, document)).Concat(Printed(document));

    private static IEnumerable<Report> OnCommandLine(CommandCall call, LintDocument document)
    {
        for (var i = 1; i < call.Words.Length; i++)
        {
            var word = call.Words[i];
            if (Address().Match(word.Text) is { Success: true } address && !IsHole(address.Groups["password"].Value)
                && document.Calls.All(each => each.Outer != call || !each.Words.Contains(word)))
            {
                yield return Report(call.Places[i], "The address holds a password");
            }
        }

        if (call.Parsed is null)
        {
            yield break;
        }

        foreach (var option in call.Parsed.Options.Where(option => option.Value is { Text.Length: > 0 }))
        {
            if (IsPassword(call, option))
            {
                yield return Report(call.PlaceOf(option.Name), $"'{option.Name}' takes the password as a word");
            }
        }
    }

    private static Report Report(Diagnostics.DocumentSpan place, string what) => new("MW2040", place,
        $"{what}: whoever lists the processes or reads the shell's history sees it.",
        "Give it through a file, the environment or the standard input.");

    private static bool IsPassword(CommandCall call, GivenOption option)
    {
        var value = option.Value!.Value.Text;
        if (IsHole(value) || value is "-" or "true" or "false" || value.StartsWith('@'))
        {
            return false;
        }

        return option.Name switch
        {
            "-u" or "--user" => call.Program == "curl" && value.Split(':', 2) is [_, { Length: > 0 } password]
                && !IsHole(password),
            "-a" or "--pass" => call.Program == "redis-cli",
            "-p" or "--password" when call.Program is "mysql" or "mariadb" or "mysqldump" or "mysqladmin" => true,
            _ => option.Name.EndsWith("password", StringComparison.Ordinal)
                && option.Name.StartsWith("--", StringComparison.Ordinal),
        };
    }

    /// <summary>
    /// A hole that a person fills shows nothing by itself; a variable ends up on the command line all the same.
    /// </summary>
    private static bool IsHole(string value) =>
        value.StartsWith('<') || value.StartsWith('[') || value.StartsWith("{{", StringComparison.Ordinal)
        || value is "..." or "…" or "***" || Blank().IsMatch(value);

    private static IEnumerable<Report> Printed(LintDocument document) =>
        from command in document.Commands
        where command.Effect.Marks.HasFlag(Marks.PrintsSecret) && !document.IsInProse(command)
        let part = command.Effect.Parts.FirstOrDefault(each => each.Marks.HasFlag(Marks.PrintsSecret))
        let call = document.Calls.FirstOrDefault(each => each.Command == command && each.Program == part?.Program
            && each.Verb == (part.Subcommand ?? ""))
        where call is not null && Tells(call) && !IsUnsure(call)
            && (call.Program != "env" || document.Calls.All(each => each.Outer != call))
        select IsOfCluster(call)
            ? new Report("MW2041", call.Head,
                "It prints secret values on the screen, and into every log of the session.",
                "Ask only whether it is there ('kubectl describe secret' shows sizes), or hand it on unseen.")
            : new Report("MW2063", call.Head,
                "What it prints may be secret; it ends up on the screen, and in every log of the session.",
                "Ask for what is needed without the value, or hand it on without showing it.");

    /// <summary>What a cluster keeps as a Secret is one; what other programs print may be none.</summary>
    private static bool IsOfCluster(CommandCall? call) =>
        call is not null && (call.Program is "kubectl" or "oc" || IsOfCluster(call.Outer));

    /// <summary>
    /// State, a stack's outputs, a store's values may hold a secret or not: told only where a word says that they do.
    /// </summary>
    private static bool IsUnsure(CommandCall call) => Unsure.Value.Any(row => row[0] == call.Program
        && (row[1] == "*" || IsVerb(call, row[1].Split(' ')))
        && !row[2].Split(' ').Any(sure => sure != "-" && call.Words.Skip(1).Any(word =>
            sure[0] == '-' ? word.Text == sure : word.Text.Contains(sure, StringComparison.OrdinalIgnoreCase))));

    private static bool IsVerb(CommandCall call, string[] verbs) =>
        Enumerable.Range(1, Math.Max(0, call.Words.Length - verbs.Length))
            .Any(at => verbs.Index().All(verb => call.Words[at + verb.Index].Text == verb.Item));

    private static bool Tells(CommandCall call) =>
        !(call.Program is "env" or "printenv" && (call.Next ?? call.Outer?.Next) is { Program: "grep" })
        && !call.Words.Any(word => word.Text.Contains("ca\\.crt", StringComparison.Ordinal)
            || word.Text.Contains("ca.crt", StringComparison.Ordinal))
        && !call.Captured && !call.Words.Any(word => OnlyAbout().IsMatch(word.Text))
        && !call.Words.Any(word => word.Text.Contains(".metadata.name", StringComparison.Ordinal))
        && !(call.Program == "vault" && call.Verb == "read" && call.Words.Any(word =>
            word.Text.StartsWith("auth/", StringComparison.Ordinal)
            && (word.Text.Contains("/role/", StringComparison.Ordinal)
                || word.Text.EndsWith("/config", StringComparison.Ordinal))))
        && !call.Words.Any(word => word.Text is "--file" or "download" or "--in-place"
            or "--version" or "--help" or "...")
        && !(call.Behind.Any(next => next.Program == "grep")
            && call.Words.Any(word => word.Text.EndsWith("/environ", StringComparison.Ordinal)))
        && !(call.Program is "pg_dump" or "pg_dumpall" or "mysqldump" && call.Words.Any(word =>
            word.Text is "-f" or "-r" || word.Text.StartsWith("--file=", StringComparison.Ordinal)
            || word.Text.StartsWith("--result-file", StringComparison.Ordinal)))
        && !call.Behind.Any(next => next.Program is "jq" or "yq"
            && next.Words.Any(word => Keys().IsMatch(word.Text)))
        && !call.Behind.Any(next => next.Program is "wc" or "sha256sum" or "md5sum" || (next.Program == "grep"
            && next.Has("-c", "-q")));

    /// <summary>A filter that ends in names or counts, not in values.</summary>
    [GeneratedRegex(@"(^|\|\s*)(keys(_unsorted)?(\[\])?|length)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();

    /// <summary>A path to what a Secret says of itself: its type, its name, its owner.</summary>
    [GeneratedRegex(
        @"^(-o=?|--output=)?jsonpath(-as-json)?=['""]?(\{\.(items\[\*\]\.)?(type|kind|immutable|metadata\.(name|namespace|uid|creationTimestamp|labels|ownerReferences)\b[^}]*)\}|\{""[^""{}]*""\}|[^{}])+$",
        RegexOptions.CultureInvariant)]
    private static partial Regex OnlyAbout();

    [GeneratedRegex(@"^[a-z][a-z0-9+]*://[^:/@\s<{$]+:(?<password>[^@/\s]+)@", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"^(x{2,}|y{2,}|abc\d*|\*+|your[-_ ].*|.*_here|change-?me|(my)?pass(word)?|.*(access|secret|api)[-_]?key)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Blank();
}
