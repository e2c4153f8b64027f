using System.Collections.Immutable;

namespace Iris.Storage;

/// <summary>What of a request its signature is made over.</summary>
/// <param name="Method">GET, PUT, ….</param>
/// <param name="Path">As it is sent, escaped.</param>
/// <param name="Query">The query's values, not escaped.</param>
/// <param name="Headers">By name, without regard to case.</param>
public sealed record SignedRequest(
    string Method,
    string Path,
    ImmutableDictionary<string, string> Query,
    ImmutableDictionary<string, string> Headers)
{
    /// <summary>Gets an empty set of headers, to add to.</summary>
    public static ImmutableDictionary<string, string> NoHeaders { get; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);
}
