using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Tests.Inspection;

/// <summary>
/// A cluster as its API would list it: the manifests of a system, with the statuses that a fault leaves behind.
/// </summary>
internal sealed class ClusterOnPaper
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, List<JsonObject>> _lists = [];
    private readonly Dictionary<string, string> _logs = [];

    public ClusterOnPaper(string manifests)
    {
        foreach (var file in Directory.EnumerateFiles(manifests, "*.yaml").Order(StringComparer.Ordinal))
        {
            var yaml = new YamlStream();
            using var text = new StringReader(File.ReadAllText(file));
            yaml.Load(text);
            foreach (var body in yaml.Documents.Select(document => Json(document.RootNode)).OfType<JsonObject>())
            {
                Add(Plural(body), body);
            }
        }

        foreach (var (plural, kind) in new[] { ("deployments", "Deployment"), ("statefulsets", "StatefulSet") })
        {
            foreach (var workload in List(plural).ToArray())
            {
                AddRevision(workload, kind, 1, Now.AddHours(-5));
                AddPods(workload, kind, 1, Now.AddHours(-5));
            }
        }

        Add("nodes",
            Object("""{"metadata":{"name":"node-1"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}"""));
    }

    /// <summary>Kinds that this server does not have, by their plurals.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>What a path answers.</summary>
    public (int Status, string Body) Answer(Uri uri)
    {
        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Contains("secrets"))
        {
            return (403, """{"kind":"Status","apiVersion":"v1","message":"secrets is forbidden","code":403}""");
        }

        if (parts[^1] == "log")
        {
            return (200, _logs.GetValueOrDefault(parts[^2], "started\n"));
        }

        if (Missing.Contains(parts[^1]))
        {
            return (404,
                """{"kind":"Status","apiVersion":"v1","message":"the server could not find the requested resource","code":404}""");
        }

        if (parts.Contains("proxy"))
        {
            return (503,
                """{"kind":"Status","apiVersion":"v1","message":"no endpoints available for service","code":503}""");
        }

        UpdateStatus();
        var ns = parts.SkipWhile(part => part != "namespaces").Skip(1).FirstOrDefault();
        var items = List(parts[^1]).Where(body => ns is null || (string?)body["metadata"]!["namespace"] == ns);
        return (200,
            $$"""{"metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', items.Select(body => body.ToJsonString()))}}]}""");
    }

    /// <summary>Gives a Deployment a second revision with another image, whose pods replace the others.</summary>
    public void RollOut(string name, string image, DateTimeOffset at)
    {
        var workload = List("deployments").Single(body => (string?)body["metadata"]!["name"] == name);
        workload["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image;
        AddRevision(workload, "Deployment", 2, at);
        List("pods").RemoveAll(pod => PodOf(pod, name));
        AddPods(workload, "Deployment", 2, at);
    }

    /// <summary>Makes a workload's pods not ready, with a container in the given state and events about them.</summary>
    public void Break(
        string name, string phase, string container, string log, params (string Reason, string Message)[] events)
    {
        foreach (var pod in List("pods").Where(pod => PodOf(pod, name)).ToArray())
        {
            var podName = (string)pod["metadata"]!["name"]!;
            pod["status"] = Object($$"""
                {"phase":"{{phase}}","podIP":"10.0.0.9",
                 "conditions":[{"type":"Ready","status":"False","lastTransitionTime":"{{Time(Now.AddMinutes(-2))}}"}],
                 "containerStatuses":[{"name":"{{pod["spec"]!["containers"]![0]!["name"]}}","ready":false,{{container}}}]}
                """);
            _logs[podName] = log;
            foreach (var (reason, message) in events)
            {
                AddEvent(pod, reason, message, Now.AddMinutes(-2), Now);
            }
        }
    }

    /// <summary>Records a warning about each pod of a workload, and changes nothing else.</summary>
    public void Warn(string name, string reason, string message, DateTimeOffset first, DateTimeOffset last)
    {
        foreach (var pod in List("pods").Where(pod => PodOf(pod, name)).ToArray())
        {
            AddEvent(pod, reason, message, first, last);
        }
    }

    private void AddEvent(JsonObject pod, string reason, string message, DateTimeOffset first, DateTimeOffset last)
    {
        var podName = (string)pod["metadata"]!["name"]!;
        Add("events", Object($$"""
            {"metadata":{"name":"{{podName}}.{{reason}}","namespace":"{{pod["metadata"]!["namespace"]}}"},"type":"Warning","reason":"{{reason}}",
             "message":{{JsonValue.Create(message).ToJsonString()}},"firstTimestamp":"{{Time(first)}}","lastTimestamp":"{{Time(last)}}","count":7,
             "involvedObject":{"kind":"Pod","name":"{{podName}}","namespace":"{{pod["metadata"]!["namespace"]}}"} }
            """));
    }

    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static bool PodOf(JsonObject pod, string workload) =>
        (string?)pod["metadata"]!["annotations"]?["of"] == workload;

    private static string Plural(JsonObject body) =>
        $"{string.Concat(((string)body["kind"]!).Select(char.ToLowerInvariant))}s";

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map =>
            new JsonObject(
                map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: var text }
            when int.TryParse(text, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private List<JsonObject> List(string plural) =>
        _lists.TryGetValue(plural, out var list) ? list : _lists[plural] = [];

    private void Add(string plural, JsonObject body) => List(plural).Add(body);

    private void AddRevision(JsonObject workload, string kind, int revision, DateTimeOffset at)
    {
        var name = (string)workload["metadata"]!["name"]!;
        var isDeployment = kind == "Deployment";
        var body = Object($$"""
            {"metadata":{"name":"{{name}}-{{revision}}","namespace":"{{workload["metadata"]!["namespace"]}}","creationTimestamp":"{{Time(at)}}",
              "annotations":{"deployment.kubernetes.io/revision":"{{revision}}"},
              "ownerReferences":[{"kind":"{{kind}}","name":"{{name}}","controller":true}]},"revision": {{revision}} }
            """);
        var template = workload["spec"]!["template"]!.DeepClone();
        body[isDeployment ? "spec" : "data"] = isDeployment
            ? new JsonObject { ["template"] = template }
            : new JsonObject { ["spec"] = new JsonObject { ["template"] = template } };
        Add(isDeployment ? "replicasets" : "controllerrevisions", body);
    }

    private void AddPods(JsonObject workload, string kind, int revision, DateTimeOffset at)
    {
        var name = (string)workload["metadata"]!["name"]!;
        var owner = kind == "Deployment" ? ("ReplicaSet", $"{name}-{revision}") : (kind, name);
        for (var i = 0; i < (int)(workload["spec"]!["replicas"] ?? 1); i++)
        {
            var pod = Object($$"""
                {"metadata":{"name":"{{name}}-{{revision}}-{{i}}","namespace":"{{workload["metadata"]!["namespace"]}}","creationTimestamp":"{{Time(at)}}",
                  "annotations":{"of":"{{name}}"},"ownerReferences":[{"kind":"{{owner.Item1}}","name":"{{owner.Item2}}","controller":true}]},
                 "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
                  "containerStatuses":[{"name":"c","ready":true,"restartCount":0,"state":{"running":{} } } ]} }
                """);
            pod["metadata"]!["labels"] = workload["spec"]!["template"]!["metadata"]!["labels"]!.DeepClone();
            pod["spec"] = workload["spec"]!["template"]!["spec"]!.DeepClone();
            pod["spec"]!["nodeName"] = "node-1";
            Add("pods", pod);
        }
    }

    private void UpdateStatus()
    {
        bool Ready(JsonObject pod) => (string?)pod["status"]!["conditions"]![0]!["status"] == "True";
        foreach (var workload in List("deployments").Concat(List("statefulsets")))
        {
            var name = (string)workload["metadata"]!["name"]!;
            workload["status"] = new JsonObject
            {
                ["readyReplicas"] = List("pods").Count(pod => PodOf(pod, name) && Ready(pod)),
            };
        }

        List("endpointslices").Clear();
        foreach (var service in List("services"))
        {
            var selector = service["spec"]!["selector"]?.AsObject() ?? [];
            var pods =
                List("pods").Where(
                    pod => selector.All(pair => (string?)pod["metadata"]!["labels"]![pair.Key] == (string?)pair.Value));
            var endpoints = string.Join(',',
                pods.Select(pod => "{\"conditions\":{\"ready\":" + (Ready(pod) ? "true" : "false") + "}}"));
            Add("endpointslices", Object($$"""
                {"metadata":{"name":"{{service["metadata"]!["name"]}}-1","namespace":"{{service["metadata"]!["namespace"]}}",
                  "labels":{"kubernetes.io/service-name":"{{service["metadata"]!["name"]}}"} },
                 "endpoints":[{{endpoints}}]}
                """));
        }
    }
}
