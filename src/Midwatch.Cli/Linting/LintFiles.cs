using System.Collections.Immutable;
using Midwatch.Cli.Runbooks;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Cli.Linting;

/// <summary>Reads what is linted. A file that is no text is a finding; one that cannot be opened is a
/// complaint.</summary>
internal static class LintFiles
{
    /// <summary>One file, read and compiled.</summary>
    /// <param name="Runbook">Null when it could not be.</param>
    /// <param name="Finding">What is wrong with the file itself; null for nothing.</param>
    /// <param name="Problem">Why it could not be opened; null when it could.</param>
    internal sealed record Outcome(Runbook? Runbook, Finding? Finding, string? Problem);

    /// <summary>Reads and compiles one document.</summary>
    /// <param name="shown">How it is called in the report.</param>
    internal static Outcome Read(RunbookCompiler compiler, string path, string shown)
    {
        var (text, wrong, problem) = path == "-" ? StandardInput() : DocumentFile.Read(path);
        return new Outcome(
            text is null ? null : compiler.Compile(new RunbookSource(shown, text)),
            wrong is null ? null : new Finding(shown, wrong),
            problem);
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

    /// <summary>
    /// The text of a file of which something is reported, for its lines; null when it is gone, closed or too long.
    /// </summary>
    internal static string? Excerpt(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= RunbookCompiler.TextLengthMax ? File.ReadAllText(path) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static DocumentFile.Outcome StandardInput()
    {
        using var input = Console.OpenStandardInput();
        return DocumentFile.Read(input);
    }
}
