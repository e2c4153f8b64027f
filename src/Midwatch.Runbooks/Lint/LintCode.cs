using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint;

/// <summary>A code of the catalogue: what a diagnostic of that code is.</summary>
/// <param name="Id">Stable, <c>MW</c> and four digits.</param>
/// <param name="Name">The same for people, in words joined by hyphens; it never changes either.</param>
/// <param name="Severity">How much it matters when no configuration says otherwise.</param>
/// <param name="IsOn">Whether it is reported when no configuration says otherwise.</param>
/// <param name="Needs">What it needs beside the document: <c>rules</c>, <c>manifests</c>; null for nothing.</param>
/// <param name="Title">One sentence; the title of its page.</param>
public sealed record LintCode(string Id, string Name, Severity Severity, bool IsOn, string? Needs, string Title)
{
    /// <summary>Gets where its page stands, relative to the repository.</summary>
    public string Page => $"docs/reference/lint/{Id}.md";
}
