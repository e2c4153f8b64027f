using System.Globalization;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Targets;

/// <summary>Finds what a call acts on or looks at.</summary>
internal static class CallTargets
{
    /// <summary>The target, as the verb's data says where it stands; null when the call names none.</summary>
    public static TargetReference? Of(ParsedCall call, ObjectKinds kinds)
    {
        var form = call.Verb.Target?.Split(':');
        return form?[0] switch
        {
            "objects" => Objects(call, kinds, null),
            "default" => Objects(call, kinds, form[1]),
            "fixed" => Complete(call, form[1], Text(call, 0)),
            "named" => call.Operands.IsEmpty ? null : Complete(call, form[1], Text(call, 0)),
            "url" => Url(call),
            "copy" => Copy(call),
            _ => null,
        };
    }

    private static TargetReference? Objects(ParsedCall call, ObjectKinds kinds, string? defaultKind)
    {
        if (Text(call, 0) is not { } first)
        {
            return call.ValueOf("-l", "--selector") is null ? null : Complete(call, defaultKind ?? "object", null);
        }

        if (first.Split('/', 2) is [var kind, var name] && kind.Length > 0)
        {
            return Complete(call, kinds.Normalise(kind), name);
        }

        if (defaultKind is not null && !(kinds.IsKind(first) && call.Operands.Length > 1))
        {
            return Complete(call, defaultKind, first);
        }

        return Complete(call, string.Join(',', first.Split(',').Select(kinds.Normalise)), Text(call, 1));
    }

    private static TargetReference Complete(ParsedCall call, string kind, string? name) => new(
        kind,
        name,
        call.ValueOf("-n", "--namespace")?.Text,
        call.ValueOf("-l", "--selector")?.Text,
        Replicas(call));

    private static int? Replicas(ParsedCall call) =>
        call.ValueOf("--replicas") is { Known: true } value
        && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    private static TargetReference? Url(ParsedCall call) =>
        (call.ValueOf("--url") ?? call.Operands.Cast<CallWord?>().FirstOrDefault()) is { } url
            ? new TargetReference("url", url.Text, null, null)
            : null;

    /// <summary><c>kubectl cp</c>: the side that names a pod.</summary>
    private static TargetReference? Copy(ParsedCall call)
    {
        var side = call.Operands.Select(word => word.Text)
            .FirstOrDefault(text => text.Contains(':', StringComparison.Ordinal));
        if (side is null)
        {
            return null;
        }

        var place = side[..side.IndexOf(':', StringComparison.Ordinal)].Split('/', 2);
        return place is [var space, var pod]
            ? Complete(call, "pod", pod) with { Namespace = space }
            : Complete(call, "pod", place[0]);
    }

    private static string? Text(ParsedCall call, int index) =>
        index < call.Operands.Length ? call.Operands[index].Text : null;
}
