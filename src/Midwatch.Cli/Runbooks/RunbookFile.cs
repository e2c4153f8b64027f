using System.Text;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;

namespace Midwatch.Cli.Runbooks;

/// <summary>
/// Reads and compiles one runbook, and says what is wrong with the file before anything else happens.
/// </summary>
internal static class RunbookFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    /// <returns>The compiled runbook; or why the file is none, naming it.</returns>
    internal static (Runbook? Runbook, string? Problem) Read(RunbookCompiler compiler, string path)
    {
        if (Directory.Exists(path))
        {
            return (null, $"{path}: is a folder; name a Markdown file in it.");
        }

        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > RunbookCompiler.TextLengthMax)
            {
                return (null,
                    $"{path}: {length} bytes are more than a runbook may have ({RunbookCompiler.TextLengthMax}).");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return (null, $"{path}: there is no such file.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: cannot be read: {problem.Message}");
        }

        return Decode(compiler, path, bytes);
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

    private static (Runbook? Runbook, string? Problem) Decode(RunbookCompiler compiler, string path, byte[] bytes)
    {
        if (Array.IndexOf(bytes, (byte)0) >= 0)
        {
            return (null, $"{path}: this is a binary file, not Markdown (it holds NUL bytes).");
        }

        try
        {
            return (compiler.Compile(new RunbookSource(path, Strict.GetString(bytes))), null);
        }
        catch (DecoderFallbackException problem)
        {
            var line = bytes.AsSpan(0, Math.Clamp(problem.Index, 0, bytes.Length)).Count((byte)'\n') + 1;
            return (null, $"{path}:{line}: this is not UTF-8 text. Save it as UTF-8.");
        }
    }
}
