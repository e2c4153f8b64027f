namespace Midwatch.Systems.Tests.Running;

/// <summary>The systems of this clone: whatever folder has a <c>system.yaml</c>.</summary>
internal static class ReferenceSystems
{
    private static readonly string Root = Path.Combine(Repository.Root, "systems");

    internal static IEnumerable<string> Names => Directory.EnumerateDirectories(Root)
        .Where(folder => File.Exists(Path.Combine(folder, "system.yaml")))
        .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    internal static string Folder(string system, params string[] parts) => Path.Combine([Root, system, .. parts]);
}
