using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Faults.Standard;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>Each standard fault on a small workload: injected, its symptom seen, reverted, healthy again.</summary>
public sealed class StandardFaultTests(LiveCluster live)
{
    private static readonly string[] Always =
        ["oom", "bad-tag", "secret-missing", "selector-wrong", "error-rate", "volume-full", "evicted", "expiry"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_list_is_the_one_that_was_agreed() => Assert.Equal(
        "bad-rollout crash-loop oom memory-high pull-secret bad-tag unschedulable node-not-ready node-cordoned dependency-down "
        + "dependency-slow dependency-refusing volume-full volume-unbound config-missing config-wrong secret-missing "
        + "probe-failing selector-wrong network-cut cpu-burn latency error-rate job-failing quota-exhausted "
        + "certificate-expired hpa-at-max evicted", string.Join(' ', StandardFault.All.Select(fault => fault.Id)));

    [Theory]
    [InlineData("bad-rollout", "CrashLoopBackOff")]
    [InlineData("crash-loop", "\"exitCode\":139")]
    [InlineData("oom", "OOMKilled")]
    [InlineData("pull-secret", "401 Unauthorized")]
    [InlineData("bad-tag", "ImagePullBackOff")]
    [InlineData("unschedulable", "Insufficient cpu")]
    [InlineData("volume-unbound", "unbound immediate PersistentVolumeClaims")]
    [InlineData("config-missing", "configmap \\u0022settings\\u0022 not found")]
    [InlineData("secret-missing", "secret \\u0022keys\\u0022 not found")]
    [InlineData("evicted", "\"reason\":\"Evicted\"")]
    public async Task A_pod_shows_it(string id, string symptom)
    {
        var ns = await HealthyAsync(id);
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done(id), await InjectAsync(injector, id));
        _ = await live.UntilAsync(PodsOf(ns), pods => pods.Any(pod =>
            pod.ToJsonString().Contains(symptom, StringComparison.Ordinal)));
        await RevertAsync(injector, id, ns);
    }

    [Fact]
    public async Task A_probe_that_asks_for_the_wrong_thing_leaves_the_new_pod_unready()
    {
        var ns = await HealthyAsync("probe-failing");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("probe-failing"), await InjectAsync(injector, "probe-failing"));
        _ = await live.UntilAsync($"/api/v1/namespaces/{ns}/events", events => events.Any(each =>
            each.Text("message")?.Contains("Readiness probe failed: HTTP probe failed with statuscode: 404",
                StringComparison.Ordinal) == true));
        await RevertAsync(injector, "probe-failing", ns);
    }

    [Fact]
    public async Task A_mistyped_value_reaches_the_program()
    {
        var ns = await HealthyAsync("config-wrong");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("config-wrong"), await InjectAsync(injector, "config-wrong"));
        await UntilAnswersAsync(ns, (_, body) => body.Contains("bleu", StringComparison.Ordinal));
        await RevertAsync(injector, "config-wrong", ns);
    }

    [Theory]
    [InlineData("selector-wrong")]
    [InlineData("dependency-refusing")]
    [InlineData("dependency-down")]
    [InlineData("network-cut")]
    public async Task A_client_of_the_service_gets_no_answer(string id)
    {
        var ns = await HealthyAsync(id);
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done(id), await InjectAsync(injector, id));
        await UntilAnswersAsync(ns, (status, _) => status == 0);
        await RevertAsync(injector, id, ns);
    }

    [Theory]
    [InlineData("latency", 1000)]
    [InlineData("dependency-slow", 2000)]
    public async Task A_client_of_the_service_waits(string id, int milliseconds)
    {
        var ns = await HealthyAsync(id);
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done(id), await InjectAsync(injector, id));
        await UntilAsync(async () =>
        {
            var start = TimeProvider.System.GetTimestamp();
            return await AskAsync(ns, seconds: 10) is (200, _)
                && TimeProvider.System.GetElapsedTime(start).TotalMilliseconds >= milliseconds;
        });
        await RevertAsync(injector, id, ns);
    }

    [Fact]
    public async Task Half_of_the_answers_are_errors()
    {
        var ns = await HealthyAsync("error-rate");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("error-rate"), await InjectAsync(injector, "error-rate"));
        await UntilAnswersAsync(ns, (status, _) => status == 503);
        var statuses = new List<int>();
        for (var look = 0; look < 10; look++)
        {
            statuses.Add((await AskAsync(ns)).Status);
        }

        Assert.Equal((5, 5), (statuses.Count(one => one == 200), statuses.Count(one => one == 503)));
        await RevertAsync(injector, "error-rate", ns);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_refuses_the_pod_that_is_to_replace_one()
    {
        var ns = await HealthyAsync("quota-exhausted");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("quota-exhausted"), await InjectAsync(injector, "quota-exhausted"));
        _ = await live.UntilAsync(
            $"/api/v1/namespaces/{ns}/resourcequotas",
            all => all.Count == 1 && all.Single().At("status", "used", "pods") is not null);
        _ = await live.UntilAsync($"/api/v1/namespaces/{ns}/events", events => events.Any(each =>
            each.Text("message")?.Contains("exceeded quota: object-counts", StringComparison.Ordinal) == true));
        await RevertAsync(injector, "quota-exhausted", ns);
    }

    [Fact]
    public async Task A_filled_disk_refuses_writes()
    {
        Assert.SkipUnless(live.Cluster.NetworkMode.Contains("disks", StringComparison.Ordinal),
            "Claims are no disks of their own here (that needs root and loop devices).");
        var ns = await HealthyAsync("volume-full");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("volume-full"), await InjectAsync(injector, "volume-full"));
        await UntilAnswersAsync(ns, (_, body) => body.Contains("No space left on device", StringComparison.Ordinal));
        await RevertAsync(injector, "volume-full", ns);
        await UntilAnswersAsync(ns, (_, body) => body.Contains("written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Memory_close_to_the_limit_is_measured_and_nothing_is_killed()
    {
        var ns = await HealthyAsync("memory-high");
        using var injector = Injector(ns);
        async Task<bool> UsesAsync(long kilobytes) => (await live.Api.GetAsync(
                $"/apis/metrics.k8s.io/v1beta1/namespaces/{ns}/pods", Stop)).Items
            .SelectMany(pod => pod.Items("containers")).Any(container => long.Parse(
                container.Text("usage", "memory")!.TrimEnd('K', 'i'), CultureInfo.InvariantCulture) >= kilobytes);
        await UntilAsync(() => UsesAsync(1));
        Assert.Equal(new FaultOutcome.Done("memory-high"), await InjectAsync(injector, "memory-high"));
        await UntilAsync(() => UsesAsync(50 * 1024));
        await RevertAsync(injector, "memory-high", ns);
    }

    [Fact]
    public async Task Burnt_CPU_is_measured_and_the_autoscaler_says_that_it_is_at_its_maximum()
    {
        var ns = await HealthyAsync("hpa-at-max");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("hpa-at-max"), await InjectAsync(injector, "hpa-at-max"));
        _ = await live.UntilAsync($"/apis/autoscaling/v2/namespaces/{ns}/horizontalpodautoscalers", scalers =>
            Conditions.Find(scalers.Single().At("status"), "ScalingLimited").Text("reason") == "TooManyReplicas");
        await RevertAsync(injector, "hpa-at-max", ns);
        Assert.Equal(new FaultOutcome.Done("cpu-burn"), await InjectAsync(injector, "cpu-burn"));
        await UntilAsync(async () =>
        {
            var metrics = await live.Api.GetAsync($"/apis/metrics.k8s.io/v1beta1/namespaces/{ns}/pods", Stop);
            return metrics.Items.SelectMany(pod => pod.Items("containers")).Any(container => long.Parse(
                container.Text("usage", "cpu")!.TrimEnd('n'), CultureInfo.InvariantCulture) > 200_000_000);
        });
        await RevertAsync(injector, "cpu-burn", ns);
    }

    [Fact]
    public async Task A_cron_jobs_program_fails_and_the_certificate_expires()
    {
        var ns = await HealthyAsync("job-failing");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("job-failing"),
            await injector.InjectStandardAsync("job-failing", "cronjob/sweep", TimeSpan.FromMinutes(5), Stop));
        _ = await live.UntilAsync($"/apis/batch/v1/namespaces/{ns}/jobs", jobs => jobs.Any(job =>
            Conditions.Find(job.At("status"), "Failed").Text("reason") == "BackoffLimitExceeded"));
        Assert.Equal(new FaultOutcome.Done("job-failing"), await injector.RevertAsync(new("job-failing"), Stop));
        Assert.Empty((await live.Api.GetAsync($"/apis/batch/v1/namespaces/{ns}/jobs", Stop)).Items);
        await CreateCertificateAsync(ns);
        Assert.Equal(new FaultOutcome.Done("certificate-expired"), await injector.InjectStandardAsync(
            "certificate-expired", "secret/tls", TimeSpan.FromMinutes(5), Stop));
        using (var expired = await CertificateAsync(ns))
        {
            Assert.Equal("CN=web.example", expired.Subject);
            Assert.True(expired.NotAfter.ToUniversalTime() < TimeProvider.System.GetUtcNow().UtcDateTime);
        }

        Assert.Equal(new FaultOutcome.Done("certificate-expired"),
            await injector.RevertAsync(new("certificate-expired"), Stop));
        using var good = await CertificateAsync(ns);
        Assert.True(good.NotAfter.ToUniversalTime() > TimeProvider.System.GetUtcNow().UtcDateTime);
        var refused = Assert.IsType<FaultOutcome.Failed>(
            await injector.InjectStandardAsync("certificate-expired", "secret/keys", TimeSpan.FromMinutes(5), Stop));
        Assert.Contains("has no certificate in tls.crt", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(injector.Active, fault => fault.Id == "certificate-expired");
    }

    [Fact]
    public async Task A_lease_that_is_over_reverts_by_itself()
    {
        var ns = await HealthyAsync("expiry");
        using var injector = Injector(ns);
        Assert.Equal(new FaultOutcome.Done("bad-tag"),
            await injector.InjectStandardAsync("bad-tag", "deployment/web", TimeSpan.FromSeconds(1), Stop));
        _ = await live.UntilAsync($"/apis/apps/v1/namespaces/{ns}/deployments", all =>
            all.Single().ToJsonString().Contains("test.example/web:1.0\"", StringComparison.Ordinal)
            && all.Single().Number("metadata", "generation") == 3);
        await UntilAsync(() => Task.FromResult(injector.Active.All(fault => fault.Namespace != ns)));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_broken()
    {
        using var injector = Injector("nowhere");
        foreach (var (id, target, reason) in new[]
        {
            ("oom", "deployment/none", "there is no workload deployment/none in namespace nowhere"),
            ("node-not-ready", "node-77", "there is no node node-77"),
            ("nonsense", "deployment/web", "There is no fault 'nonsense'"),
        })
        {
            var failed = Assert.IsType<FaultOutcome.Failed>(
                await injector.InjectStandardAsync(id, target, TimeSpan.FromMinutes(1), Stop));
            Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(injector.Active, fault => fault.Namespace == "nowhere");
        }
    }

    private async Task CreateCertificateAsync(string ns)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var good = new CertificateRequest("CN=web.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        var answer = await live.Api.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/secrets", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "tls" },
            ["type"] = "kubernetes.io/tls",
            ["stringData"] = new JsonObject
            {
                ["tls.crt"] = good.ExportCertificatePem(),
                ["tls.key"] = key.ExportPkcs8PrivateKeyPem(),
            },
        }, "application/json", Stop);
        Assert.True(answer.IsSuccess, answer.Message);
    }

    private async Task<X509Certificate2> CertificateAsync(string ns)
    {
        var secret = await live.Api.GetAsync($"/api/v1/namespaces/{ns}/secrets/tls", Stop);
        return X509Certificate2.CreateFromPem(
            Encoding.UTF8.GetString(Convert.FromBase64String(secret.Body.Text("data", "tls.crt")!)));
    }

    private static string PodsOf(string ns) => $"/api/v1/namespaces/{ns}/pods?labelSelector=app%3Dweb";

    private FaultInjector Injector(string ns) =>
        new(new FaultCatalog("", []), ns, live.DataDirectory, TimeProvider.System, _ => { });

    private static Task<FaultOutcome> InjectAsync(FaultInjector injector, string id) =>
        injector.InjectStandardAsync(id, "deployment/web", TimeSpan.FromMinutes(5), Stop);

    // Without --long a few stand for the others; each takes seconds.
    private async Task<string> HealthyAsync(string id)
    {
        Assert.SkipUnless(Always.Contains(id) || Environment.GetEnvironmentVariable("MIDWATCH_LONG") is "1",
            $"{id} is for MIDWATCH_LONG=1 (./test --long).");
        var ns = "f-" + id;
        await live.ApplyAsync(LiveManifests.Web.Replace("${NS}", ns, StringComparison.Ordinal), ns);
        await HealthAsync(ns);
        return ns;
    }

    private async Task HealthAsync(string ns)
    {
        _ = await live.UntilAsync($"/apis/apps/v1/namespaces/{ns}/deployments", all =>
            all.Single().At("status") is { } status && status.Count("readyReplicas") >= 1
            && status.Count("unavailableReplicas") == 0 && status.Count("updatedReplicas") == status.Count("replicas")
            && status.Count("observedGeneration") == all.Single().Count("metadata", "generation"));
        await UntilAnswersAsync(ns, (status, _) => status == 200);
    }

    private async Task RevertAsync(FaultInjector injector, string id, string ns)
    {
        Assert.Equal(new FaultOutcome.Done(id), await injector.RevertAsync(new(id) { Namespace = ns }, Stop));
        Assert.DoesNotContain(injector.Active, fault => fault.Namespace == ns);
        await HealthAsync(ns);
        foreach (var path in new[] { $"/api/v1/namespaces/{ns}/events", PodsOf(ns) })
        {
            var shown = (await live.Api.GetAsync(path, Stop)).Body!.ToJsonString();
            Assert.DoesNotContain("midwatch", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("inject", shown, StringComparison.OrdinalIgnoreCase);
        }
    }

    private Task UntilAnswersAsync(string ns, Func<int, string, bool> isSo) => UntilAsync(async () =>
    {
        var (status, body) = await AskAsync(ns);
        return isSo(status, body);
    });

    // As a client in the cluster would: by the service's address.
    private async Task<(int Status, string Body)> AskAsync(string ns, int seconds = 5)
    {
        var service = await live.Api.GetAsync($"/api/v1/namespaces/{ns}/services/web", Stop);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(seconds) };
        try
        {
            using var answer = await client.GetAsync(
                new Uri($"http://{service.Body.Text("spec", "clusterIP")}:80/"), Stop);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return (0, "");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var look = 0; look < 600; look++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
        }

        Assert.Fail("It did not come to be so within two minutes.");
    }
}
