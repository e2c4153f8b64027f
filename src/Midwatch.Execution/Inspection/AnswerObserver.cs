using System.Text.Json;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Asks the scope's Services that speak HTTP, and those that the runbook would ask with a pod of its own.
/// </summary>
internal sealed class AnswerObserver(ServiceAsker asker, ClusterPicture picture, Notebook notebook)
{
    private const int ServicesMax = 16;

    public async Task ObserveAsync(
        Procedure procedure, IReadOnlySet<Subject> scope, CancellationToken cancellationToken)
    {
        var wanted = AskedByRunbook(procedure);
        var questions = picture["services"]
            .Where(body => body.Text("spec", "clusterIP") != "None")
            .Select(body => (Subject: new Subject("service", body.Namespace(), body.Name()), Body: body))
            .Where(one => scope.Contains(one.Subject))
            .Select(one => (one.Subject,
                Port: Port(one.Body, wanted.Any(text => text.Contains(one.Subject.Name, StringComparison.Ordinal)))))
            .Where(one => one.Port is not null).OrderBy(one => one.Subject).Take(ServicesMax).ToArray();
        foreach (var answer in await Task.WhenAll(
            questions.Select(one => asker.AskAsync(one.Subject, one.Port ?? "", "/", cancellationToken))))
        {
            var source = $"GET services/{answer.Service.Name}:{answer.Port}/proxy/";
            notebook.Read(
                new ReadRecord("service-answers", answer.Service.Namespace, answer.Service.Name, source, answer.Outcome,
                answer.Outcome == ReadOutcome.Made ? null : answer.Words));
            if (answer.Value.Length > 0)
            {
                notebook.Note(new Note("service-answer", answer.Service, answer.Value, source)
                {
                    Key = answer.Port,
                    Detail = answer.Words,
                });
            }
        }

        // The others are not asked: nothing that only they could tell is held against them.
        foreach (var service in picture["services"]
            .Select(body => new Subject("service", body.Namespace(), body.Name()))
            .Where(one => questions.All(question => question.Subject != one)))
        {
            notebook.Read(new ReadRecord("service-answers", service.Namespace, service.Name, $"{service} is not asked",
                ReadOutcome.Made, null));
        }
    }

    // A diagnosis makes no pods: what a temporary one would ask is asked through the API server.
    private static string[] AskedByRunbook(Procedure procedure) =>
    [
        .. procedure.Steps.Where(step => step.Phase == Phase.Diagnose).SelectMany(step => step.Commands)
            .Where(command => (command.Effect.Marks & Marks.Temporary) != Marks.None).Select(command => command.Text),
    ];

    private static string? Port(JsonElement body, bool isAsked)
    {
        var ports = body.Items("spec", "ports").ToArray();
        var http = ports.FirstOrDefault(port =>
            (port.Text("appProtocol") ?? port.Text("name") ?? "").StartsWith("http", StringComparison.Ordinal)
            || port.Number("port") is 80 or 8080 or 8000);
        var chosen = http.ValueKind == JsonValueKind.Object ? http : isAsked ? ports.FirstOrDefault() : default;
        return chosen.Number("port") is { } number ? FormattableString.Invariant($"{number}") : null;
    }
}
