namespace Midwatch.Shell.Expansion;

/// <summary>What <c>set -o</c> switches, as far as it is supported.</summary>
internal sealed record ShellOptionSet
{
    /// <summary>Gets <c>-e</c>: a failing command ends the shell.</summary>
    public bool ErrExit { get; init; }

    /// <summary>Gets <c>-u</c>: expanding what is not set is an error.</summary>
    public bool NoUnset { get; init; }

    /// <summary>Gets <c>-f</c>: no globs.</summary>
    public bool NoGlob { get; init; }

    /// <summary>Gets <c>-C</c>: <c>&gt;</c> overwrites no file.</summary>
    public bool NoClobber { get; init; }

    /// <summary>Gets <c>-a</c>: assigned variables are exported.</summary>
    public bool AllExport { get; init; }

    /// <summary>Gets <c>pipefail</c>.</summary>
    public bool PipeFail { get; init; }

    /// <summary>Gets <c>-x</c>, which is accepted and prints nothing: a trace would show secrets.</summary>
    public bool XTrace { get; init; }

    /// <summary>What <c>$-</c> shows.</summary>
    public string Letters() => string.Concat(
        AllExport ? "a" : string.Empty,
        ErrExit ? "e" : string.Empty,
        NoGlob ? "f" : string.Empty,
        "h",
        NoUnset ? "u" : string.Empty,
        XTrace ? "x" : string.Empty,
        "B",
        NoClobber ? "C" : string.Empty);

    /// <summary>Sets an option by letter or long name; null when it is not supported.</summary>
    public ShellOptionSet? With(string name, bool on) => name switch
    {
        "e" or "errexit" => this with { ErrExit = on },
        "u" or "nounset" => this with { NoUnset = on },
        "f" or "noglob" => this with { NoGlob = on },
        "C" or "noclobber" => this with { NoClobber = on },
        "a" or "allexport" => this with { AllExport = on },
        "x" or "xtrace" => this with { XTrace = on },
        "pipefail" => this with { PipeFail = on },
        _ => null,
    };
}
