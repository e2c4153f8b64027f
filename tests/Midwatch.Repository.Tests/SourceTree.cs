using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Midwatch.Repository.Tests;

/// <summary>The repository's own files, as the house rules see them.</summary>
internal static class SourceTree
{
    internal static string Root { get; } = FindRoot();

    internal static IEnumerable<string> CSharp(string folder) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                               && !path.Contains("/bin/", StringComparison.Ordinal))
            : [];

    internal static string Relative(string path) => Path.GetRelativePath(Root, path);

    internal static SyntaxTree Parse(string path) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path);

    internal static ImmutableArray<string> SystemNames() =>
        Directory.Exists(Path.Combine(Root, "systems"))
            ? [.. Directory.EnumerateDirectories(Path.Combine(Root, "systems"))
                .Where(folder => File.Exists(Path.Combine(folder, "system.yaml"))).Select(d => Path.GetFileName(d)!)]
            : [];

    /// <summary>Fails with every breach on a line of its own.</summary>
    internal static void AssertNone(IEnumerable<string> breaches)
    {
        var all = breaches.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Midwatch.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Midwatch.slnx is in no folder above the tests.");
    }
}
