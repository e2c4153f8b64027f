using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;

namespace Midwatch.Cli.Runbooks;

/// <summary>
/// Reads and compiles one runbook, and says what is wrong with the file before anything else happens.
/// </summary>
internal static class RunbookFile
{
    /// <returns>The compiled runbook; or why the file is none, naming it.</returns>
    internal static (Runbook? Runbook, string? Problem) Read(RunbookCompiler compiler, string path)
    {
        var (text, wrong, problem) = DocumentFile.Read(path);
        return text is null
            ? (null, problem ?? (wrong is null ? $"{path}: cannot be read." : DocumentFile.Words(path, wrong)))
            : (compiler.Compile(new RunbookSource(path, text)), null);
    }

    /// <summary>Says why a runbook cannot be run; null when it can.</summary>
    internal static string? WhyNotRunnable(Runbook runbook)
    {
        if (runbook.Procedures.IsEmpty)
        {
            return $"{runbook.Path}: there is no procedure in it: no heading with commands or steps beneath it.";
        }

        var commands = runbook.Procedures.SelectMany(procedure =>
            procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps)))
                .Sum(step => step.Commands.Length);
        return commands > 0 ? null
            : $"{runbook.Path}: there is no command in it. 'midwatch compile {runbook.Path}' shows what was understood.";
    }
}
