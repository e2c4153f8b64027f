using System.Globalization;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Sections;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What grows while one document is compiled: ids and diagnostics.</summary>
/// <param name="assigned">Variables that the document sets somewhere.</param>
internal sealed class CompilationNotes(IReadOnlySet<string> assigned)
{
    private readonly List<RunbookDiagnostic> _diagnostics = [];
    private readonly HashSet<OutlineNode> _understood = new(ReferenceEqualityComparer.Instance);
    private readonly List<(OutlineNode Node, DocumentSection Section)> _narrative = [];
    private readonly HashSet<DocumentSection> _working = [];
    private int _steps;
    private int _commands;

    public IReadOnlySet<string> Assigned => assigned;

    /// <summary>The leaves that the compiler gave a meaning.</summary>
    public IReadOnlySet<OutlineNode> Understood
    {
        get
        {
            // Prose belongs to the steps and statements that stand under its heading, or under one below.
            _understood.UnionWith(_narrative.Where(each => _working.Contains(each.Section)).Select(each => each.Node));
            return _understood;
        }
    }

    public IReadOnlyList<RunbookDiagnostic> Diagnostics => _diagnostics;

    public string NextStep() => string.Create(CultureInfo.InvariantCulture, $"s{++_steps:00}");

    public string NextCommand() => string.Create(CultureInfo.InvariantCulture, $"c{++_commands:00}");

    /// <summary>Notes that a leaf was given a meaning.</summary>
    public void Understand(OutlineNode node) => _understood.Add(node);

    /// <summary>Notes prose that only has a meaning where its section holds something.</summary>
    public void UnderstandWithSection(OutlineNode node, DocumentSection section) => _narrative.Add((node, section));

    /// <summary>Notes that a section says what it is for, or holds something that was understood.</summary>
    public void Work(DocumentSection section)
    {
        // With a section, those above it hold something too.
        for (var each = section; each is not null && _working.Add(each); each = each.Parent)
        {
        }
    }

    public void Add(params IEnumerable<RunbookDiagnostic> diagnostics) => _diagnostics.AddRange(diagnostics);
}
