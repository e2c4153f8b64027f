using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint.Calls;
using Midwatch.Runbooks.Lint.Manifests;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What commands name and the manifests, or a cluster, do not have: namespaces (MW5001), objects (MW5002), labels
/// (MW5003), containers (MW5004), ports (MW5005). Only what is written out is judged, and only kinds that are known.
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
        var known = space is null || manifests.Namespaces.Contains(space) || Everywhere.Contains(space);
        if (!known && IsMissing(space!, call, document, manifests))
        {
            yield return new Report("MW5001", call.PlaceOf(space!), $"{manifests.Have} no namespace '{space}'.",
                Hint(space!, manifests.Namespaces, manifests));
        }

        if (!known)
        {
            yield break;
        }

        var target = CallTargets(call, document);
        var here = manifests.In(space).ToList();
        var reports = call.Verb is "run" or "create job" or "create"
            || call.Verb.StartsWith("create ", StringComparison.Ordinal)
            || call.Verb is "apply"
            ? []
            : Objects(call, target, here, manifests, space)
                .Concat(Selector(call, target, here, manifests, space))
                .Concat(Container(call, target, here, manifests))
                .Concat(Ports(call, target, here));
        foreach (var report in reports.Where(report => !IsMade(report, document)))
        {
            yield return report;
        }
    }

    /// <summary>
    /// A cluster tells of every namespace. Manifests tell of one that is misspelt, or that is another one for what the
    /// command names; the rest may be somebody else's.
    /// </summary>
    private static bool IsMissing(string space, CommandCall call, LintDocument document, ManifestSet manifests)
    {
        if (IsMade(space, document))
        {
            return false;
        }

        if (manifests.Complete is { } complete)
        {
            return complete.Contains("namespace");
        }

        var target = CallTargets(call, document);
        return manifests.Namespaces.Count > 0 && (Nearest.To(space, manifests.Namespaces, 4) is not null
            || manifests.Objects.Any(each => each.Namespace is not null
                && ((each.Kind == target?.Kind && each.Name == target.Name)
                    || (call.ValueOf("-l", "--selector") is { Known: true } selector && each.HasPods
                        && Equalities().IsMatch(selector.Text) && Matches(each.PodLabels, selector.Text)))));
    }

    /// <summary>What the document itself makes is not in the manifests, and need not be.</summary>
    private static bool IsMade(Report report, LintDocument document) => report.Message.Split('\'') switch
    {
        [_, var name, ..] when report.Code is "MW5002" or "MW5004" => IsMade(name, document),
        [_, var selector, ..] when report.Code == "MW5003" => selector.Split(',').All(part =>
            part.Split('=', StringSplitOptions.RemoveEmptyEntries) is [var key, var value]
            && Regex.IsMatch(document.Runbook.Text,
                $@"^\s*[""']?{Regex.Escape(key)}[""']?:\s*[""']?{Regex.Escape(value)}\b",
                RegexOptions.Multiline | RegexOptions.CultureInvariant)),
        [.., var rest] when report.Code == "MW5005" => Regex.IsMatch(document.Runbook.Text,
            $@"^\s*(- )?(port|containerPort):\s*{Regex.Escape(rest.Split(' ')[^1].TrimEnd('.'))}\s*$",
            RegexOptions.Multiline | RegexOptions.CultureInvariant),
        _ => false,
    };

    private static bool IsMade(string name, LintDocument document) =>
        Regex.IsMatch(document.Runbook.Text, $@"^\s*(- )?name:\s*[""']?{Regex.Escape(name)}[""']?\s*$",
            RegexOptions.Multiline | RegexOptions.CultureInvariant)
        || document.Kubectl.Any(call => (call.Verb.StartsWith("create", StringComparison.Ordinal)
                || call.Verb is "run" or "expose")
            && call.Parsed!.Operands.Any(word => word.Text == name));

    private static TargetReference? CallTargets(CommandCall call, LintDocument document) =>
        Effects.Targets.CallTargets.Of(call.Parsed!, document.Kinds);

    private static IEnumerable<Report> Objects(
        CommandCall call, TargetReference? target, List<ManifestObject> here, ManifestSet manifests, string? space)
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
                yield break;
            }

            // Manifests do not say how the pods of a workload are called; a cluster does.
            if (manifests.Complete is null)
            {
                yield break;
            }
        }

        var same = here.Where(each => each.Kind == kind).Select(each => each.Name).ToList();
        if (manifests.Knows(kind, space) && !same.Contains(name)
            && (manifests.Covers(space) || Nearest.To(name, same, 4) is not null))
        {
            yield return new Report("MW5002", PlaceOfName(call, name), $"{manifests.Have} no {kind} '{name}'.",
                Hint(name, same, manifests));
        }
    }

    private static IEnumerable<Report> Selector(
        CommandCall call, TargetReference? target, List<ManifestObject> here, ManifestSet manifests,
        string? space)
    {
        // What is given another label need not have the old one in any manifest.
        if (target?.Kind is not "pod" || call.Verb is "label" or "annotate"
            || call.ValueOf("-l", "--selector") is not { Known: true } selector
            || !Equalities().IsMatch(selector.Text))
        {
            yield break;
        }

        var pods = here.Where(each => each.HasPods).ToList();
        if (manifests.Complete?.Contains("pod") == false || (pods.Count == 0 && manifests.Complete is null)
            || pods.Exists(pod => Matches(pod.PodLabels, selector.Text))
            || (manifests.Complete is null && here.Exists(each => Matches(each.Selects, selector.Text))))
        {
            yield break;
        }

        var labels = pods.SelectMany(pod => pod.PodLabels.Select(label => $"{label.Key}={label.Value}")).Distinct()
            .ToList();
        // A label that no manifest knows may be set by something else, such as a roll-out.
        var keys = pods.SelectMany(pod => pod.PodLabels.Keys).ToHashSet(StringComparer.Ordinal);
        var isTold = manifests.Complete is not null
            || selector.Text.Split(',').All(part => keys.Contains(part.Split('=')[0]));
        if (isTold && (manifests.Covers(space) || Nearest.To(selector.Text, labels, 4) is not null))
        {
            yield return new Report("MW5003", call.PlaceOf(selector.Text),
                $"No pod of {manifests.Whole} has '{selector.Text}'.", Hint(selector.Text, labels, manifests));
        }
    }

    private static IEnumerable<Report> Container(
        CommandCall call, TargetReference? target, List<ManifestObject> here, ManifestSet manifests)
    {
        if (call.Verb is not ("logs" or "log" or "exec" or "attach" or "cp")
            || call.ValueOf("-c", "--container") is not { Known: true } name)
        {
            yield break;
        }

        var meant = target is { Name: { } own, Kind: not "pod" }
            ? here.Where(each => each.Kind == target.Kind && each.Name == own)
            : call.ValueOf("-l", "--selector") is { Known: true } selector && Equalities().IsMatch(selector.Text)
                ? here.Where(each => each.HasPods && Matches(each.PodLabels, selector.Text))
                : here.Where(each => each.HasPods);
        var containers = meant.SelectMany(each => each.Containers).Distinct().ToList();
        if (containers.Count > 0 && !containers.Contains(name.Text))
        {
            yield return new Report("MW5004", call.PlaceOf(name.Text), $"No such pod has a container '{name.Text}'.",
                Hint(name.Text, containers, manifests));
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

    private static bool Matches(ImmutableDictionary<string, string> labels, string selector) =>
        selector.Split(',').All(part => part.Split('=', StringSplitOptions.RemoveEmptyEntries) is [var key, var value]
            && labels.TryGetValue(key, out var has) && has == value);

    /// <summary>The name is written out: no hole and no variable is part of it.</summary>
    private static bool IsWritten(CommandCall call, string name) => call.Words.Any(word => word.Known
        && (word.Text == name || word.Text.EndsWith("/" + name, StringComparison.Ordinal)));

    private static Diagnostics.DocumentSpan PlaceOfName(CommandCall call, string name)
    {
        var at = call.Words.ToList().FindIndex(word => word.Text == name
            || word.Text.EndsWith("/" + name, StringComparison.Ordinal));
        return at < 0 ? call.Head : call.Places[at];
    }

    private static string Hint(string name, IEnumerable<string> known, ManifestSet manifests) =>
        Nearest.To(name, known, 4) is { } near ? $"Did you mean '{near}'?"
        : manifests.Complete is null ? "Correct it, or lint with the manifests that have it."
        : "Correct it, or lint against the cluster that has it.";

    [GeneratedRegex(@"^[\w./-]+==?[\w.-]+(,[\w./-]+==?[\w.-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Equalities();

    [GeneratedRegex(
        @"^(?<scheme>https?)://(?<host>[a-z0-9-]+(\.[a-z0-9-]+(\.svc(\.cluster\.local)?)?)?)(:(?<port>\d+))?(?=/|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
