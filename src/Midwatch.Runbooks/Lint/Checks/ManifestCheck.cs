using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint.Calls;
using Midwatch.Runbooks.Lint.Manifests;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What commands name and the manifests do not have: namespaces (MW5001), objects (MW5002), labels (MW5003), containers
/// (MW5004), ports (MW5005). Only what is written out is judged, and only kinds of which the manifests have some.
/// </summary>
internal static partial class ManifestCheck
{
    private static readonly string[] Everywhere = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>What does not exist there.</summary>
    public static IEnumerable<Report> Of(LintDocument document, ManifestSet manifests)
    {
        foreach (var call in document.Calls)
        {
            var reports = call.IsKubectl() ? OfKubectl(call, document, manifests)
                : call.Program == "curl" && call.Parsed is not null ? OfRequest(call, manifests) : [];
            foreach (var report in reports)
            {
                yield return report;
            }
        }
    }

    private static IEnumerable<Report> OfKubectl(CommandCall call, LintDocument document, ManifestSet manifests)
    {
        var space = call.ValueOf("-n", "--namespace") is { Known: true } given ? given.Text : null;
        if (space is not null && !manifests.Namespaces.Contains(space) && !Everywhere.Contains(space)
            && manifests.Namespaces.Count > 0)
        {
            yield return new Report("MW5001", call.PlaceOf(space), $"The manifests have no namespace '{space}'.",
                Hint(space, manifests.Namespaces));
            yield break;
        }

        var target = CallTargets(call, document);
        var here = manifests.In(space).ToList();
        var reports = call.Verb is "run" or "create job" or "create"
            || call.Verb.StartsWith("create ", StringComparison.Ordinal)
            || call.Verb is "apply"
            ? []
            : Objects(call, target, here).Concat(Selector(call, target, here)).Concat(Container(call, target, here))
                .Concat(Ports(call, target, here));
        foreach (var report in reports)
        {
            yield return report;
        }
    }

    private static TargetReference? CallTargets(CommandCall call, LintDocument document) =>
        Effects.Targets.CallTargets.Of(call.Parsed!, document.Kinds);

    private static IEnumerable<Report> Objects(CommandCall call, TargetReference? target, List<ManifestObject> here)
    {
        if (target is not { Name: { } name, Kind: var kind } || kind.Contains(',', StringComparison.Ordinal)
            || !IsWritten(call, name))
        {
            yield break;
        }

        if (kind == "pod")
        {
            var maker = here.Find(each => each.HasPods && each.Kind != "pod" && each.Name == name);
            if (maker is not null && here.TrueForAll(each => each.Kind != "pod" || each.Name != name))
            {
                yield return new Report("MW5002", call.PlaceOf(name),
                    $"'{name}' is a {maker.Kind}; its pods have other names.", $"Write '{maker.Kind}/{name}'.");
            }

            yield break;
        }

        var same = here.Where(each => each.Kind == kind).Select(each => each.Name).ToList();
        if (same.Count > 0 && !same.Contains(name))
        {
            yield return new Report("MW5002", PlaceOfName(call, name), $"The manifests have no {kind} '{name}'.",
                Hint(name, same));
        }
    }

    private static IEnumerable<Report> Selector(CommandCall call, TargetReference? target, List<ManifestObject> here)
    {
        if (target?.Kind is not "pod" || call.ValueOf("-l", "--selector") is not { Known: true } selector
            || !Equalities().IsMatch(selector.Text))
        {
            yield break;
        }

        var pods = here.Where(each => each.HasPods).ToList();
        if (pods.Count > 0 && !pods.Exists(pod => Matches(pod, selector.Text)))
        {
            var near = pods.SelectMany(pod => pod.PodLabels.Select(label => $"{label.Key}={label.Value}")).Distinct();
            yield return new Report("MW5003", call.PlaceOf(selector.Text),
                $"No pod of the manifests has '{selector.Text}'.", Hint(selector.Text, near));
        }
    }

    private static IEnumerable<Report> Container(CommandCall call, TargetReference? target, List<ManifestObject> here)
    {
        if (call.Verb is not ("logs" or "log" or "exec" or "attach" or "cp")
            || call.ValueOf("-c", "--container") is not { Known: true } name)
        {
            yield break;
        }

        var meant = target is { Name: { } own, Kind: not "pod" }
            ? here.Where(each => each.Kind == target.Kind && each.Name == own)
            : call.ValueOf("-l", "--selector") is { Known: true } selector && Equalities().IsMatch(selector.Text)
                ? here.Where(each => each.HasPods && Matches(each, selector.Text))
                : here.Where(each => each.HasPods);
        var containers = meant.SelectMany(each => each.Containers).Distinct().ToList();
        if (containers.Count > 0 && !containers.Contains(name.Text))
        {
            yield return new Report("MW5004", call.PlaceOf(name.Text), $"No such pod has a container '{name.Text}'.",
                Hint(name.Text, containers));
        }
    }

    private static IEnumerable<Report> Ports(CommandCall call, TargetReference? target, List<ManifestObject> here)
    {
        if (call.Verb != "port-forward" || target is not { Name: { } name })
        {
            yield break;
        }

        var owner = here.Find(each => each.Kind == target.Kind && each.Name == name);
        foreach (var word in call.Parsed!.Operands.Skip(1).Where(word => word.Known
            && owner is { Ports.IsEmpty: false }))
        {
            var port = word.Text[(word.Text.LastIndexOf(':') + 1)..];
            if (!owner!.Ports.Contains(port))
            {
                yield return new Report("MW5005", call.PlaceOf(word.Text),
                    $"The {owner.Kind} '{owner.Name}' has no port {port}.",
                    $"It has {string.Join(", ", owner.Ports)}.");
            }
        }
    }

    /// <summary>A request to a Service by its name.</summary>
    private static IEnumerable<Report> OfRequest(CommandCall call, ManifestSet manifests)
    {
        foreach (var word in call.Words.Skip(1))
        {
            if (Address().Match(word.Text) is not { Success: true } address || word.KnownLength < address.Length)
            {
                continue;
            }

            var host = address.Groups["host"].Value.Split('.');
            var space = host.Length > 1 ? host[1] : null;
            var service = manifests.In(space).FirstOrDefault(each => each.Kind == "service" && each.Name == host[0]);
            var port = address.Groups["port"].Success ? address.Groups["port"].Value
                : address.Groups["scheme"].Value == "https" ? "443" : "80";
            if (service is { Ports.IsEmpty: false } && !service.Ports.Contains(port))
            {
                yield return new Report("MW5005", call.PlaceOf(word.Text),
                    $"The service '{service.Name}' has no port {port}.", $"It has {string.Join(", ", service.Ports)}.");
            }
        }
    }

    private static bool Matches(ManifestObject pod, string selector) => selector.Split(',').All(part =>
        part.Split('=', StringSplitOptions.RemoveEmptyEntries) is [var key, var value]
        && pod.PodLabels.TryGetValue(key, out var has) && has == value);

    /// <summary>The name is written out: no hole and no variable is part of it.</summary>
    private static bool IsWritten(CommandCall call, string name) => call.Words.Any(word => word.Known
        && (word.Text == name || word.Text.EndsWith("/" + name, StringComparison.Ordinal)));

    private static Diagnostics.DocumentSpan PlaceOfName(CommandCall call, string name)
    {
        var at = call.Words.ToList().FindIndex(word => word.Text == name
            || word.Text.EndsWith("/" + name, StringComparison.Ordinal));
        return at < 0 ? call.Head : call.Places[at];
    }

    private static string Hint(string name, IEnumerable<string> known) => Nearest.To(name, known, 4) is { } near
        ? $"Did you mean '{near}'?"
        : "Correct it, or lint with the manifests that have it.";

    [GeneratedRegex(@"^[\w./-]+==?[\w.-]+(,[\w./-]+==?[\w.-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Equalities();

    [GeneratedRegex(
        @"^(?<scheme>https?)://(?<host>[a-z0-9-]+(\.[a-z0-9-]+(\.svc(\.cluster\.local)?)?)?)(:(?<port>\d+))?(?=/|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
