using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint;

/// <summary>Which codes are reported, and with which severity. The defaults are the catalogue's.</summary>
public sealed record LintSettings
{
    /// <summary>What is said about single codes, by id; a code that is not named keeps its default.</summary>
    public ImmutableDictionary<string, CodeSetting> Codes { get; init; } =
        ImmutableDictionary<string, CodeSetting>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    /// <summary>Report every code, also those that are off by default.</summary>
    public bool All { get; init; }

    /// <summary>How a code is reported; null when it is not.</summary>
    public Severity? Of(LintCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var setting = Codes.GetValueOrDefault(code.Id);
        return setting?.IsOn ?? (code.IsOn || All) ? setting?.Severity ?? code.Severity : null;
    }
}

/// <summary>What a configuration says about one code.</summary>
/// <param name="IsOn">Null to leave the default.</param>
/// <param name="Severity">Null to leave the default.</param>
public sealed record CodeSetting(bool? IsOn, Severity? Severity);
