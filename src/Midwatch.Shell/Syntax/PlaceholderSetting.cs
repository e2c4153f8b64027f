namespace Midwatch.Shell.Syntax;

/// <summary>Where a possible placeholder stands: within quotes fewer things are one.</summary>
internal enum PlaceholderSetting
{
    Unquoted,
    Quoted,
    SingleQuoted,
}
