using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>Whether Services have a ready endpoint, and whether their selectors match any pod.</summary>
internal sealed class ServiceObserver(ClusterPicture picture, Notebook notebook)
{
    public void Observe()
    {
        foreach (var body in picture["services"].Where(body => !body.Map("spec", "selector").IsEmpty))
        {
            var subject = new Subject("service", body.Namespace(), body.Name());
            var endpoints = picture["endpointslices"]
                .Where(slice => slice.Namespace() == subject.Namespace
                    && slice.Map("metadata", "labels").GetValueOrDefault("kubernetes.io/service-name") == subject.Name)
                .SelectMany(slice => slice.Items("endpoints")).ToArray();
            var ready = endpoints.Count(IsReady);
            notebook.Note(new Note("service-endpoints", subject, ready == 0 ? "none" : "ready",
                $"GET endpointslices of {subject}")
            {
                Detail = FormattableString.Invariant($"{ready} of {endpoints.Length} endpoints ready"),
            });
            var selector = body.Map("spec", "selector");
            var isMatched = picture.Pods().Any(pod =>
                pod.Subject.Namespace == subject.Namespace && selector.IsIn(pod.Body.Map("metadata", "labels")));
            notebook.Note(new Note("service-selects", subject, isMatched ? "pods" : "nothing", $"GET pods of {subject}")
            {
                Detail = string.Join(",", selector.Select(pair => $"{pair.Key}={pair.Value}")),
            });
        }
    }

    // An endpoint without the condition counts as ready, as the API says.
    private static bool IsReady(JsonElement endpoint) =>
        endpoint.At("conditions", "ready").ValueKind != JsonValueKind.False;
}
