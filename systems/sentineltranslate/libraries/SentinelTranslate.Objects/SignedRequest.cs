using System.Collections.Immutable;

namespace SentinelTranslate.Objects;

/// <summary>What a signature is about.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">As it is sent, escaped.</param>
/// <param name="Query">Its parameters, not escaped.</param>
/// <param name="Headers">The headers that are signed, names in small letters.</param>
/// <param name="PayloadHash">SHA-256 of the body in hexadecimal digits.</param>
/// <param name="Time">When it was made: <c>20261102T030000Z</c>.</param>
public sealed record SignedRequest(
    string Method, string Path, ImmutableSortedDictionary<string, string> Query,
    ImmutableSortedDictionary<string, string> Headers, string PayloadHash, string Time);
