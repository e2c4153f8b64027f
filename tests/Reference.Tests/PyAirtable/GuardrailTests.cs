using System.Text.Json.Nodes;
using PyAirtable.Chaos;

namespace Reference.Tests.PyAirtable;

/// <summary>What no experiment may do, and the file that the system ships.</summary>
public sealed class GuardrailTests
{
    private static readonly Guardrails Rails = new(["shop"], 1, TimeSpan.FromMinutes(5));
    private static readonly Experiment Fine = new("one", "shop", "app=web", All: false, Outage: false,
        [new Uri("http://web/health")], TimeSpan.FromMinutes(1));

    [Fact]
    public void One_pod_of_several_may_be_killed() => Assert.Null(Rails.Refuses(Fine, running: 0, pods: 2));

    [Fact]
    public void What_a_guardrail_forbids_does_not_begin()
    {
        static void Says(string words, string? reason) => Assert.Contains(words, reason, StringComparison.Ordinal);
        Says("nothing may be broken", Rails.Refuses(Fine with { Namespace = "kube-system" }, 0, 2));
        Says("300 s are allowed", Rails.Refuses(Fine with { Expected = TimeSpan.FromHours(1) }, 0, 2));
        Says("other experiments", Rails.Refuses(Fine, 1, 2));
        Says("no pod", Rails.Refuses(Fine, 0, 0));
        Says("last pod", Rails.Refuses(Fine, 0, 1));
        Says("last pod", Rails.Refuses(Fine with { All = true }, 0, 2));
        Says("steady state", Rails.Refuses(Fine with { Steady = [] }, 0, 2));
        Assert.Null(Rails.Refuses(Fine with { All = true, Outage = true }, 0, 2));
    }

    [Fact]
    public void An_experiment_that_is_not_there_is_told_with_those_that_are()
    {
        var file = JsonNode.Parse("""{"experiments":[{"name":"a"},{"name":"b"}]}""");
        var failure = Assert.Throws<FormatException>(() => Experiment.Find(file, "c"));
        Assert.Contains("a, b", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'namespace' is missing",
            Assert.Throws<FormatException>(() => Experiment.Find(file, "a")).Message, StringComparison.Ordinal);
    }
}
