using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;

namespace Midwatch.Runbooks.Compilation;

/// <summary>The phase of a section, and why.</summary>
/// <param name="Because">One sentence.</param>
/// <param name="IsTold">Words of the document say it; otherwise nothing does, and it is a default.</param>
internal sealed record SectionPhase(Phase Phase, string Because, bool IsTold)
{
    /// <summary>
    /// The phase of a section: its own, else that of the nearest heading above, else the procedure's.
    /// </summary>
    /// <param name="root">The section that the procedure stands under.</param>
    public static SectionPhase Of(DocumentSection section, DocumentSection root, ProcedureKind kind)
    {
        for (var each = section; each is not null; each = each.Parent)
        {
            if (each.Phase is { } phase && Counts(each, phase, root))
            {
                return new SectionPhase(phase, Told(each, section), IsTold: true);
            }

            if (each.IsBranch && Above(each, root) is null)
            {
                return new SectionPhase(
                    Phase.Resolve,
                    $"\"{each.Heading}\" (line {each.Line}) names a branch of the mending.",
                    IsTold: true);
            }
        }

        return kind switch
        {
            ProcedureKind.Operation => new SectionPhase(
                Phase.Operate, "No heading says what it is for, and the procedure is routine work.", IsTold: false),
            ProcedureKind.General => new SectionPhase(
                Phase.Operate, "No heading says what it is for, nor what the document is for.", IsTold: false),
            _ when section.Level == 0 || section.Parent is { Level: 0 } => new SectionPhase(
                Phase.Context, "It stands above the first heading that says what follows.", IsTold: false),
            _ => new SectionPhase(
                Phase.Diagnose, "No heading says what it is for; in the answer to a failure that counts as looking.",
                IsTold: false),
        };
    }

    private static string Told(DocumentSection each, DocumentSection section) => each == section
        ? "The words of its heading say so."
        : $"The words of \"{each.Heading}\" (line {each.Line}) above it say so, and its own heading says nothing else.";

    private static Phase? Above(DocumentSection section, DocumentSection root)
    {
        for (var each = section.Parent; each is not null; each = each.Parent)
        {
            if (each.Phase is { } phase && Counts(each, phase, root))
            {
                return phase;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a heading tells of what is below it: "Alerts" above a procedure says nothing of its parts.
    /// </summary>
    private static bool Counts(DocumentSection section, Phase phase, DocumentSection root) =>
        section.IsWithin(root) || phase is not (Phase.Reference or Phase.Context);
}
