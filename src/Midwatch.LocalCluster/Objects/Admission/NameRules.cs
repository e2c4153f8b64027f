using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>What names, labels and keys may look like, with apimachinery's sentences about them.</summary>
internal static partial class NameRules
{
    private const string QualifiedNameWords =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
        + "an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
        + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string SubdomainWords =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
        + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelWords =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
        + "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string ServiceWords =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
        + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
        + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string LabelValueWords =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
        + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for "
        + "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string DataKeyWords =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
        + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    /// <summary>What is wrong with an object's name; null when nothing is.</summary>
    public static string? ObjectName(string kind, string name) => kind switch
    {
        "Service" => TooLong(name, 63) ?? (Dns1035().IsMatch(name) ? null : ServiceWords),
        "Namespace" => Label(name),
        "Role" or "ClusterRole" or "RoleBinding" or "ClusterRoleBinding" =>
            name is "." or ".." ? $"may not be '{name}'" : name.AsSpan().IndexOfAny('/', '%') >= 0
                ? "may not contain '/'" : null,
        _ => Subdomain(name),
    };

    public static string? Subdomain(string name) =>
        TooLong(name, 253) ?? (Dns1123Subdomain().IsMatch(name) ? null : SubdomainWords);

    public static string? Label(string name) => TooLong(name, 63) ?? (Dns1123Label().IsMatch(name) ? null : LabelWords);

    public static string? LabelValue(string value) =>
        TooLong(value, 63) ?? (LabelValuePattern().IsMatch(value) ? null : LabelValueWords);

    public static string? DataKey(string key) =>
        TooLong(key, 253) ?? (DataKeyPattern().IsMatch(key) ? null : DataKeyWords);

    /// <summary>Keys of labels and annotations: "name" or "prefix/name".</summary>
    public static string? QualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        if (slash >= 0 && Subdomain(key[..slash]) is { } wrong)
        {
            return $"prefix part {wrong}";
        }

        return name.Length == 0
            ? "name part must be non-empty"
            : name.Length > 63 ? "name part must be no more than 63 characters" : Qualified().IsMatch(name) ? null
                : QualifiedNameWords;
    }

    private static string? TooLong(string text, int most) =>
        text.Length > most ? $"must be no more than {most} characters" : null;

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Dns1035();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Dns1123Label();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Dns1123Subdomain();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\A(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValuePattern();

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex DataKeyPattern();
}
