using System.Collections.Immutable;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>What happens about fields that a kind does not have: the query parameter fieldValidation.</summary>
internal static class FieldValidation
{
    /// <summary>The faults of a decoded body: a refusal, or warnings, or nothing.</summary>
    public static ApiStatus? Check(
        KindDefinition kind, DecodeResult decoded, string directive, out ImmutableArray<string> warnings)
    {
        warnings = [];
        if (decoded.Error is { } error)
        {
            return CannotBeHandled(kind, error.Json);
        }

        if (decoded.UnknownFields.IsEmpty || directive == "Ignore")
        {
            return null;
        }

        ImmutableArray<string> faults = [.. decoded.UnknownFields.Select(field => $"unknown field \"{field}\"")];
        if (directive == "Strict")
        {
            return CannotBeHandled(kind, $"strict decoding error: {string.Join(", ", faults)}");
        }

        warnings = faults;
        return null;
    }

    private static ApiStatus CannotBeHandled(KindDefinition kind, string why) =>
        ApiStatus.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
}
