namespace Midwatch.Runbooks.Lint;

/// <summary>Looks at one document for one kind of mistake. Has no state: safe to use from many threads.</summary>
internal abstract class DocumentCheck
{
    /// <summary>What it finds, in any order.</summary>
    public abstract IEnumerable<Report> Of(LintDocument document);
}
