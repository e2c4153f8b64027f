using System.Text.Json;
using Midwatch.Diagnosis.Observations;
using Midwatch.Kubernetes;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Reads the logs of the scope's pods, the previous container's too where there was one, for lines of known patterns.
/// </summary>
internal sealed class LogObserver(KubernetesClient client, ClusterPicture picture, Notebook notebook)
{
    private const int PodsMax = 40;
    private const int TailLines = 200;
    private const int LinesAround = 2;

    private readonly ServiceDirectory _services = new(picture);

    public async Task ObserveAsync(
        Procedure procedure, IReadOnlySet<Subject> scope, CancellationToken cancellationToken)
    {
        var literals =
            procedure.Rules.Select(rule => rule.Observation).Where(text => text.Length is > 3 and < 200)
                .Distinct().ToArray();
        var pods = picture.Pods()
            .Where(pod => scope.Contains(picture.OwnerOf(pod.Body) ?? pod.Subject))
            .OrderBy(pod => PodObserver.IsWell(pod.Body)).ThenBy(pod => pod.Subject).Take(PodsMax).ToArray();
        var tasks =
            pods.SelectMany(pod =>
                pod.Body.Items("status", "containerStatuses").SelectMany(container => Calls(pod.Subject, container)))
            .Select(call => (call, text: ReadAsync(call, cancellationToken))).ToArray();
        await Task.WhenAll(tasks.Select(one => one.text));
        foreach (var (call, text) in tasks)
        {
            var isWell = PodObserver.IsWell(pods.First(pod => pod.Subject == call.Subject.Whole).Body);
            Take(call, await text, isWell, literals);
        }
    }

    private static IEnumerable<LogCall> Calls(Subject pod, JsonElement container)
    {
        var subject = pod with { Container = container.Text("name") };
        var hasStarted = container.At("state", "waiting").ValueKind != JsonValueKind.Object
            || container.At("lastState", "terminated").ValueKind == JsonValueKind.Object;
        yield return new LogCall(subject, Previous: false, hasStarted);
        if (container.At("lastState", "terminated").ValueKind == JsonValueKind.Object)
        {
            yield return new LogCall(subject, Previous: true, hasStarted);
        }
    }

    private async Task<KubernetesAnswer<string>> ReadAsync(LogCall call, CancellationToken cancellationToken)
    {
        if (!call.HasStarted)
        {
            return new KubernetesAnswer<string>.Done("");
        }

        try
        {
            return await client.LogAsync(
                new LogQuery(call.Subject.Namespace ?? "", call.Subject.Name, call.Subject.Container,
                    call.Previous, TailLines),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new KubernetesAnswer<string>.TimedOut(ClusterInspector.Limit);
        }
    }

    private void Take(LogCall call, KubernetesAnswer<string> answer, bool isWell, string[] literals)
    {
        // A container that never started, and a predecessor that is swept away, have no log: nothing is missed.
        var isNone = answer is KubernetesAnswer<string>.NotFound
            || answer is KubernetesAnswer<string>.Rejected { Status: 400 };
        notebook.Read(new ReadRecord(
            "logs", call.Subject.Namespace, call.Subject.Name, call.Source,
            isNone ? ReadOutcome.Made : Outcome.Of(answer), isNone ? null : answer.Failure));
        if (answer is not KubernetesAnswer<string>.Done { Value: var text })
        {
            return;
        }

        var lines = text.Split('\n');
        var start = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            Match(call, lines, i, start, isWell);
            foreach (var literal in literals.Where(
                literal => lines[i].Contains(literal, StringComparison.OrdinalIgnoreCase)))
            {
                notebook.Note(new Note("log-text", call.Subject, "", call.Source)
                {
                    Key = literal, Detail = lines[i].Trim(), Span = new TextSpan(start, lines[i].Length),
                });
            }

            start += lines[i].Length + 1;
        }
    }

    private void Match(LogCall call, string[] lines, int index, int start, bool isWell)
    {
        if (LogPattern.Name(lines[index]) is not var (pattern, value))
        {
            return;
        }

        var about = ValueOf(pattern, value, lines, index, call.Subject);
        notebook.NoteOnce(new Note("log", call.Subject, about, call.Source)
        {
            Key = pattern.Id,
            Detail = lines[index].Trim(),
            Span = new TextSpan(start, lines[index].Length),
            MayBeFinding = pattern.Always || !isWell,
        });
    }

    // The host stands in the line, or in one close to it: programs wrap.
    private string ValueOf(LogPattern pattern, string captured, string[] lines, int index, Subject subject)
    {
        if (captured.Length > 0)
        {
            return captured;
        }

        if (!pattern.Id.StartsWith("connection", StringComparison.Ordinal)
            && pattern.Id is not ("no-such-host" or "certificate-expired" or "not-authenticated"))
        {
            return "";
        }

        for (var distance = 0; distance <= LinesAround; distance++)
        {
            foreach (var near in new[] { index - distance, index + distance }.Where(
                near => near >= 0 && near < lines.Length))
            {
                if (_services.In(lines[near], subject.Namespace, isAddress: true).FirstOrDefault() is { } service)
                {
                    return ServiceDirectory.ValueOf(service, subject.Namespace);
                }
            }
        }

        return "";
    }

    private sealed record LogCall(Subject Subject, bool Previous, bool HasStarted)
    {
        public string Source => $"log of {Subject}{(Previous ? " (previous)" : "")}";
    }
}
