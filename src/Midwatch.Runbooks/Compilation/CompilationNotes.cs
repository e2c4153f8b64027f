using System.Globalization;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What grows while one document is compiled: ids and diagnostics.</summary>
/// <param name="assigned">Variables that the document sets somewhere.</param>
internal sealed class CompilationNotes(IReadOnlySet<string> assigned)
{
    private readonly List<RunbookDiagnostic> _diagnostics = [];
    private int _steps;
    private int _commands;

    public IReadOnlySet<string> Assigned => assigned;

    public IReadOnlyList<RunbookDiagnostic> Diagnostics => _diagnostics;

    public string NextStep() => string.Create(CultureInfo.InvariantCulture, $"s{++_steps:00}");

    public string NextCommand() => string.Create(CultureInfo.InvariantCulture, $"c{++_commands:00}");

    public void Add(params IEnumerable<RunbookDiagnostic> diagnostics) => _diagnostics.AddRange(diagnostics);
}
