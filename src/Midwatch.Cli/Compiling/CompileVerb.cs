using System.Collections.Immutable;
using System.Text;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;

namespace Midwatch.Cli.Compiling;

/// <summary>
/// Compiles runbooks and shows them. A runbook that is faulty is shown with its diagnostics; that is no failure.
/// </summary>
internal sealed class CompileVerb(Screen screen)
{
    internal int Run(CompileRequest request)
    {
        var (files, problem) = RunbookPaths.Expand(request.Paths);
        if (problem is not null)
        {
            screen.Complain(problem);
            return ExitCodes.Usage;
        }

        var compiler = new RunbookCompiler(EffectJudge.Default());
        var runbooks = ImmutableArray.CreateBuilder<Runbook>(files.Length);
        var unread = false;
        foreach (var file in files)
        {
            var (runbook, why) = RunbookFile.Read(compiler, file);
            if (runbook is not null)
            {
                runbooks.Add(runbook);
                continue;
            }

            screen.Complain(why ?? file);
            unread = true;
        }

        return unread ? ExitCodes.Usage : Show(request, runbooks.ToImmutable());
    }

    private int Show(CompileRequest request, ImmutableArray<Runbook> runbooks)
    {
        if (request.Explain is { } line)
        {
            return Explain(runbooks, line);
        }

        if (request.Json)
        {
            using var json = new MemoryStream();
            CompiledJson.Write(json, runbooks);
            screen.Line(Encoding.UTF8.GetString(json.ToArray()));
        }
        else if (request.Summary)
        {
            new CompileSummary(screen).Show(runbooks);
        }
        else
        {
            foreach (var (runbook, index) in runbooks.Select((runbook, index) => (runbook, index)))
            {
                if (index > 0)
                {
                    screen.Line();
                }

                CompiledTree.Write(screen.Output, runbook, screen.Colour);
            }
        }

        return ExitCodes.Well;
    }

    private int Explain(ImmutableArray<Runbook> runbooks, int line)
    {
        if (runbooks is not [var runbook])
        {
            screen.Complain("--explain takes a line of one runbook; name one file.");
            return ExitCodes.Usage;
        }

        var lines = RunbookText.Lines(runbook);
        if (line < 1 || line > lines.Length)
        {
            screen.Complain($"{runbook.Path}: it has no line {line}; its last is {lines.Length}.");
            return ExitCodes.Usage;
        }

        new LineExplanation(screen, runbook).Show(line, lines[line - 1]);
        return ExitCodes.Well;
    }
}
