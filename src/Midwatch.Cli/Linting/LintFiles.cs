using System.Collections.Immutable;
using System.Text;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Cli.Linting;

/// <summary>Reads what is linted. A file that is no text is a finding; one that cannot be opened is a
/// complaint.</summary>
internal static class LintFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    /// <summary>One file, read and compiled.</summary>
    /// <param name="Runbook">Null when it could not be.</param>
    /// <param name="Finding">What is wrong with the file itself; null for nothing.</param>
    /// <param name="Problem">Why it could not be opened; null when it could.</param>
    internal sealed record Outcome(Runbook? Runbook, Finding? Finding, string? Problem);

    /// <summary>Reads and compiles one document.</summary>
    /// <param name="shown">How it is called in the report.</param>
    internal static Outcome Read(RunbookCompiler compiler, string path, string shown)
    {
        byte[] bytes;
        try
        {
            if (path != "-" && new FileInfo(path) is { Exists: true,
                Length: > 4L * RunbookCompiler.TextLengthMax } file)
            {
                return new Outcome(null, Wrong(shown, "MW1008", 1,
                    $"The file has {file.Length} bytes: that is no runbook.", "Split it."), null);
            }

            bytes = path == "-" ? StandardInput() : File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Outcome(null, null, problem is FileNotFoundException or DirectoryNotFoundException
                ? $"{path}: there is no such file." : $"{path}: cannot be read: {problem.Message}");
        }

        try
        {
            var text = Strict.GetString(bytes);
            return new Outcome(compiler.Compile(new RunbookSource(shown, text.TrimStart('\uFEFF'))), null, null);
        }
        catch (DecoderFallbackException problem)
        {
            var line = bytes.AsSpan(0, Math.Clamp(problem.Index, 0, bytes.Length)).Count((byte)'\n') + 1;
            return new Outcome(null,
                Wrong(shown, "MW1009", line, "The file is not UTF-8 text.", "Save it as UTF-8."), null);
        }
    }

    /// <summary>All YAML files that are named, or lie in the folders that are named.</summary>
    /// <returns>The files with their texts; or what is wrong.</returns>
    internal static (ImmutableArray<(string Path, string Text)> Files,
        string? Problem) Yaml(ImmutableArray<string> paths)
    {
        var walk = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var path in paths)
        {
            try
            {
                var found = Directory.Exists(path)
                    ? Directory.EnumerateFiles(path, "*", walk)
                        .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
                        .Order(StringComparer.Ordinal)
                    : Enumerable.Repeat(path, 1);
                foreach (var file in found)
                {
                    files.Add((file, File.ReadAllText(file)));
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return ([], $"{path}: cannot be read: {problem.Message}");
            }
        }

        return files.Count == 0 && paths.Length > 0
            ? ([], $"{string.Join(", ", paths)}: there is no *.yaml, *.yml or *.json.")
            : (files.ToImmutable(), null);
    }

    private static Finding Wrong(string path, string code, int line, string message, string remedy) =>
        new(path, new RunbookDiagnostic(code, Severity.Error, message, new DocumentSpan(line, 1, line, 2), remedy));

    private static byte[] StandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var all = new MemoryStream();
        input.CopyTo(all);
        return all.ToArray();
    }
}
