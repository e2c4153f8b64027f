using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>What <c>set -o</c> and <c>shopt</c> switch, as far as it is supported.</summary>
internal sealed record ShellOptionSet
{
    /// <summary>Gets the options of <c>shopt</c> that have an effect here; a script begins with none.</summary>
    public static FrozenSet<string> Effective { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "nullglob", "failglob", "dotglob", "globstar", "nocaseglob", "nocasematch", "extglob", "inherit_errexit",
        "lastpipe", "xpg_echo");

    /// <summary>Gets those that change nothing in a script: of terminals, history, mail and completion.</summary>
    public static FrozenSet<string> Idle { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "autocd", "cdspell", "checkhash", "checkjobs", "checkwinsize", "cmdhist", "complete_fullquote", "direxpand",
        "dirspell", "globasciiranges", "histappend", "histreedit", "histverify", "hostcomplete", "huponexit",
        "interactive_comments", "lithist", "mailwarn", "no_empty_cmd_completion", "progcomp", "promptvars",
        "sourcepath", "patsub_replacement", "extquote", "force_fignore");

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

    /// <summary>Gets <c>-E</c>: functions and subshells inherit the trap of ERR.</summary>
    public bool ErrTrace { get; init; }

    /// <summary>Gets <c>-x</c>, which is accepted and prints nothing: a trace would show secrets.</summary>
    public bool XTrace { get; init; }

    /// <summary>Gets what <c>shopt -s</c> has switched on.</summary>
    public ImmutableHashSet<string> Switched { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public bool IsOn(string option) => Switched.Contains(option);

    /// <summary>What <c>$-</c> shows.</summary>
    public string Letters() => string.Concat(
        AllExport ? "a" : string.Empty,
        ErrExit ? "e" : string.Empty,
        NoGlob ? "f" : string.Empty,
        "h",
        NoUnset ? "u" : string.Empty,
        XTrace ? "x" : string.Empty,
        "B",
        NoClobber ? "C" : string.Empty,
        ErrTrace ? "E" : string.Empty);

    /// <summary>Sets an option by letter or long name; null when it is not supported.</summary>
    public ShellOptionSet? With(string name, bool on) => name switch
    {
        "e" or "errexit" => this with { ErrExit = on },
        "u" or "nounset" => this with { NoUnset = on },
        "f" or "noglob" => this with { NoGlob = on },
        "C" or "noclobber" => this with { NoClobber = on },
        "a" or "allexport" => this with { AllExport = on },
        "x" or "xtrace" => this with { XTrace = on },
        "E" or "errtrace" => this with { ErrTrace = on },
        "pipefail" => this with { PipeFail = on },
        // What does nothing in a script may be asked for.
        "h" or "hashall" or "T" or "functrace" or "b" or "notify" => this,
        "B" or "braceexpand" when on => this,
        _ => null,
    };

    /// <summary>Gets whether an option of <c>set -o</c> is on, by its long name; null when there is none.</summary>
    public bool? Set(string name) => name switch
    {
        "errexit" => ErrExit,
        "nounset" => NoUnset,
        "noglob" => NoGlob,
        "noclobber" => NoClobber,
        "allexport" => AllExport,
        "xtrace" => XTrace,
        "errtrace" => ErrTrace,
        "pipefail" => PipeFail,
        "braceexpand" or "hashall" or "interactive-comments" => true,
        _ => null,
    };

    /// <summary>Switches an option of <c>shopt</c>; null when it is not supported.</summary>
    public ShellOptionSet? Switch(string name, bool on) =>
        Effective.Contains(name) ? this with { Switched = on ? Switched.Add(name) : Switched.Remove(name) }
        : Idle.Contains(name) ? this
        : null;
}
