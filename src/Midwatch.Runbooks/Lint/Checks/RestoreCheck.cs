using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A "restore" that starts the job that makes the backup (MW2043).</summary>
internal sealed partial class RestoreCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        from call in document.Kubectl
        where call.Verb == "create job"
        let cron = call.ValueOf("--from")
        where cron is { } source && Backup().IsMatch(source.Text) && !Restore().IsMatch(source.Text)
        where Restore().IsMatch(call.Parsed!.Operands.FirstOrDefault().Text ?? "")
            || (Restore().IsMatch(call.Command.Comment)
                && !Backup().IsMatch(call.Parsed.Operands.FirstOrDefault().Text ?? ""))
        select new Report("MW2043", call.PlaceOf("--from"),
            $"This starts '{cron.Value.Text}', which makes a backup: nothing is restored, and a good backup may be overwritten.",
            "Name the job that restores, or give its commands.");

    [GeneratedRegex(@"backup|dump|snapshot", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Backup();

    [GeneratedRegex(@"restor|recover", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Restore();
}
