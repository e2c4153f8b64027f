using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>Which titles are names of alerts.</summary>
public sealed class AlertNameTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    [Theory]
    [InlineData("KubePodCrashLooping")]
    [InlineData("etcdMembersDown")]
    [InlineData("etcdGRPCRequestsSlow")]
    [InlineData("vmagentQueueTooLong")]
    [InlineData("DNSErrors")]
    [InlineData("SSPDown")]
    [InlineData("NodeDown")]
    public void A_title_that_is_one_name_of_a_failure_is_the_alert_of_what_says_what_it_means(string title)
    {
        Assert.Equal([title], Alerts($"""
            # {title}

            ## Meaning

            A broker is away.

            ## Diagnosis

            ```bash
            kubectl get pods -n shop
            ```
            """));
    }

    [Theory]
    [InlineData("kubectlGetNodes")]
    [InlineData("getPodStatus")]
    [InlineData("OpenSSL")]
    [InlineData("GitHub")]
    [InlineData("iPhone")]
    [InlineData("DNS")]
    [InlineData("Errors")]
    public void A_name_that_tells_of_no_failure_is_none(string title)
    {
        Assert.Empty(Alerts($"""
            # {title}

            How to look at it.

            ```bash
            kubectl get pods -n shop
            ```
            """));
    }

    // Below the title of a guide a product's short name with a bad word stands for a chapter.
    [Fact]
    public void A_short_name_without_what_an_answer_has_is_none() => Assert.Empty(Alerts("""
        # Guide

        ## DNSErrors

        ```bash
        kubectl get pods -n shop
        ```
        """));

    [Fact]
    public void A_file_whose_name_begins_small_is_not_named_after_an_alert() => Assert.Empty(Alerts("""
        # Check node status

        ```bash
        kubectl get nodes
        ```
        """, "determineFailedBrokerNode.md"));

    private static IEnumerable<string> Alerts(string text, string path = "guide.md") =>
        Compiler.Compile(new RunbookSource(path, text)).Procedures
            .SelectMany(procedure => procedure.Alerts).Select(alert => alert.Name);
}
