using Midwatch.Cli.Terminal;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Files;

namespace Midwatch.Cli.Runbooks;

/// <summary>The judge of a command: the built-in effect data, with the user's own files of <c>--effects</c>.</summary>
internal static class EffectFiles
{
    /// <summary>Makes the judge.</summary>
    /// <param name="directory">What <c>--effects</c> names; null for the built-in data alone.</param>
    /// <returns>Null when a file cannot be used; why has been told then.</returns>
    internal static EffectJudge? Judge(Screen screen, string? directory)
    {
        if (directory is null)
        {
            return EffectJudge.Default();
        }

        var (files, problem) = Read(directory);
        if (problem is not null)
        {
            screen.Complain(problem);
            return null;
        }

        var (judge, problems) = EffectJudge.With(files);
        foreach (var wrong in problems)
        {
            screen.Complain(wrong.ToString());
        }

        return judge;
    }

    private static (IReadOnlyList<EffectFile> Files, string? Problem) Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return ([], $"{directory}: there is no such folder; --effects names a folder of *.yaml files.");
        }

        var paths = Directory.EnumerateFiles(directory)
            .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .ToList();
        if (paths.Count == 0)
        {
            return ([], $"{directory}: it holds no *.yaml file; see docs/reference/effect-data.md.");
        }

        try
        {
            return ([.. paths.Select(path => new EffectFile(path, File.ReadAllText(path)))], null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return ([], $"{directory}: cannot be read: {problem.Message}");
        }
    }
}
