using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>Ways of writing that other people's runbooks showed and that were misread once.</summary>
public sealed class ForeignWaysTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    [Fact]
    public void Without_a_heading_that_says_more_what_changes_what_runs_is_the_remedy()
    {
        var procedure = Only("""
            # Queue too long

            **Alert**: `QueueTooLong`

            ## Workers are slow

            ```bash
            kubectl get pods -n shop
            kubectl scale deployment/worker -n shop --replicas=6
            kubectl get deployment worker -n shop
            ```

            - Raise the limit of the queue
            - Check the broker's disk
            """);

        Assert.Equal(
            [
                (Phase.Diagnose, "kubectl get pods -n shop"),
                (Phase.Resolve, "kubectl scale deployment/worker -n shop --replicas=6"),
                (Phase.Resolve, "kubectl get deployment worker -n shop"),
                (Phase.Resolve, "Raise the limit of the queue"),
                (Phase.Diagnose, "Check the broker's disk"),
            ],
            procedure.Steps.SelectMany(Said));
        Assert.Equal(
            procedure.Steps.Length, procedure.Steps.Select(step => step.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Below_a_heading_about_looking_a_change_stays_where_its_author_put_it()
    {
        var procedure = Only("""
            # Queue too long

            **Alert**: `QueueTooLong`

            ## Diagnosis

            ```bash
            kubectl rollout restart deployment/worker -n shop
            ```
            """);

        Assert.Equal(Phase.Diagnose, Assert.Single(procedure.Steps).Phase);
    }

    [Fact]
    public void What_only_makes_files_and_pods_that_go_again_is_still_looking()
    {
        var procedure = Only("""
            # Queue too long

            **Alert**: `QueueTooLong`

            ## Names do not resolve

            ```bash
            kubectl run look --rm -it --image=busybox --restart=Never -n shop -- nslookup broker
            kubectl logs deploy/worker -n shop > worker.log
            ```
            """);

        Assert.Equal(Phase.Diagnose, Assert.Single(procedure.Steps).Phase);
    }

    [Fact]
    public void A_code_that_goes_on_in_the_next_line_is_one_command()
    {
        var procedure = Only("""
            # Pods are down

            ## Diagnosis

            1. See what they say with `kubectl logs deploy/web
               -n shop --tail=50` and go on.

            > Then look at `kubectl get
            > events -n shop`.
            """);

        Assert.Equal(["kubectl logs deploy/web -n shop --tail=50", "kubectl get events -n shop"],
            procedure.Steps.SelectMany(step => step.Commands).Select(command => command.Text));
        var first = procedure.Steps[0].Commands[0];
        Assert.Equal((5, 28, 6), (first.Span.Line, first.Span.Column, first.Span.EndLine));
    }

    [Fact]
    public void A_clients_call_needs_no_code_marks_where_it_is_all_that_a_line_says()
    {
        var procedure = Only("""
            # Pods are down

            ## Diagnosis

            - kubectl get nodes
            - kubectl get events shows why they fail
            - Node health: kubectl describe node <node>
            - Check the disks

            kubectl rollout history deployment <name>
            """);

        Assert.Equal(
            ["kubectl get nodes", "kubectl describe node <node>", "kubectl rollout history deployment <name>"],
            procedure.Steps.SelectMany(step => step.Commands).Select(command => command.Text));
    }

    [Theory]
    [InlineData("Somebody ran `kubectl rollout pause` and forgot it.")]
    [InlineData("Use this when a `helm upgrade` or a `helm rollback` fails.")]
    [InlineData("It was changed with `kubectl edit configmap` by hand.")]
    [InlineData("Then `kubectl get/describe` tells nothing.")]
    public void A_verb_without_an_object_is_only_spoken_of(string sentence)
    {
        var procedure = Only($"""
            # Pods are down

            ## Diagnosis

            {sentence}

            ```bash
            uptime
            ```
            """);

        Assert.Equal("uptime", Assert.Single(procedure.Steps.SelectMany(step => step.Commands)).Text);
    }

    [Theory]
    [InlineData("Apply it with `kubectl apply -f web.yaml`.", "kubectl apply -f web.yaml")]
    [InlineData("See `helm list` for the rest.", "helm list")]
    [InlineData("Look at `kubectl get pods` first.", "kubectl get pods")]
    public void What_can_be_run_as_it_stands_is_a_command(string sentence, string command)
    {
        var procedure = Only($"# Pods are down\n\n## Diagnosis\n\n{sentence}\n");

        Assert.Equal(command, Assert.Single(procedure.Steps).Commands[0].Text);
    }

    [Fact]
    public void Alerts_that_a_list_names_are_those_that_open_it()
    {
        var procedure = Only("""
            # Runbook: queue

            This runbook applies to the alerts:

            * `QueueTooLong` (Sev-2)
            * `QueueTooOld` (Sev-3)

            ## Mitigation

            ```bash
            kubectl scale deployment/worker --replicas=6
            ```
            """);

        Assert.Equal(["QueueTooLong", "QueueTooOld"], procedure.Alerts.Select(alert => alert.Name));
        Assert.Empty(procedure.RelatedAlerts);
    }

    [Fact]
    public void An_arrow_to_what_stands_below_is_no_rule() => Assert.Equal("Disk full", Assert.Single(Only("""
        # Queue too long

        ## Diagnosis

        1. Grafana -> Explore:

           ```
           {app="queue"}
           ```

        2. Disk full → Enlarge the volume
        """).Rules).Observation);

    [Fact]
    public void A_hole_in_what_runs_inside_of_a_pod_is_no_pod()
    {
        var command = Only("""
            # Queue too long

            ## Diagnosis

            ```bash
            kubectl exec -n kafka <pod> -- kafka-topics.sh --topic <topic> --partitions <new>
            ```
            """).Steps.Single().Commands.Single();

        Assert.Equal(["pod", "text", "text"], command.Placeholders.Select(hole => hole.Type));
    }

    [Theory]
    [InlineData("**Critical** -- all state is stored there.", "critical")]
    [InlineData("**High**: users see errors.", "high")]
    public void A_section_about_severity_states_it(string line, string severity) => Assert.Equal(severity, Only($"""
        # Queue too long

        ## Severity

        {line}

        ## Mitigation

        - Restart the broker
        """).Severity, ignoreCase: true);

    [Theory]
    [InlineData("Causas comuns e resolução", "Causa 1: o banco caiu")]
    [InlineData("Causas comunes y soluciones", "Causa 1: la base no responde")]
    [InlineData("Ursachen und Lösungen", "Fehlerfall 1: die Datenbank fehlt")]
    [InlineData("常见原因及解决", "原因 1：数据库宕机")]
    [InlineData("対応", "ケース1：データベース停止")]
    public void Causes_with_a_number_are_branches_of_the_mending_in_any_language(string above, string heading)
    {
        var procedure = Only($"""
            # Web is down

            ## {above}

            ### {heading}

            ```bash
            kubectl rollout restart deployment/db -n shop
            ```
            """);

        Assert.Equal(Phase.Resolve, Assert.Single(Assert.Single(procedure.Scenarios).Steps).Phase);
    }

    [Theory]
    [InlineData("**Severidade:** Crítica (tudo parado)", "crítica")]
    [InlineData("**Schweregrad:** hoch", "hoch")]
    [InlineData("**严重程度**：P1", "p1")]
    public void A_field_of_another_language_states_the_severity(string field, string severity) =>
        Assert.Equal(severity, Only($"# Web is down\n\n{field}\n\n## Mitigation\n\n- Restart the broker\n").Severity);

    private static IEnumerable<(Phase Phase, string Words)> Said(Step step) => step.Commands.IsEmpty
        ? [(step.Phase, step.Title)]
        : step.Commands.Select(command => (command.Phase, command.Text));

    private static Procedure Only(string text) =>
        Assert.Single(Compiler.Compile(new RunbookSource("x.md", text)).Procedures);
}
