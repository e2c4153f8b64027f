namespace Midwatch.Shell.Syntax;

/// <summary>How a runbook's author marked a placeholder.</summary>
public enum PlaceholderStyle
{
    /// <summary><c>&lt;pod-name&gt;</c>.</summary>
    Angle,

    /// <summary><c>{pod-name}</c>.</summary>
    Brace,

    /// <summary><c>[pod-name]</c>.</summary>
    Bracket,

    /// <summary><c>POD_NAME</c>, or <c>YOUR-POD</c>.</summary>
    Capitals,

    /// <summary><c>your-pod</c>, <c>new_primary_ip</c>.</summary>
    Your,

    /// <summary><c>{{ .pod }}</c>.</summary>
    Template,

    /// <summary><c>/path/to</c> at the beginning of a path.</summary>
    Path,

    /// <summary><c>...</c> or <c>…</c> where a value belongs: something was left out.</summary>
    Elision,

    /// <summary><c>*pod-name*</c>: emphasis that was meant for a reader.</summary>
    Star,
}
