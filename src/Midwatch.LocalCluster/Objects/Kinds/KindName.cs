namespace Midwatch.LocalCluster.Objects.Kinds;

/// <summary>How kinds are written where people type them: "deployment" for Deployment.</summary>
internal static class KindName
{
    // Kinds are ASCII, so this is no question of language.
    public static string Lower(string kind) => string.Create(kind.Length, kind, static (span, text) =>
    {
        for (var index = 0; index < text.Length; index++)
        {
            span[index] = char.ToLowerInvariant(text[index]);
        }
    });
}
