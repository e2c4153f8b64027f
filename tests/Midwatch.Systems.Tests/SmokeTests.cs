using System.Text;
using System.Text.Json.Nodes;
using Midwatch.Systems.Tests.Running;
using SentinelTranslate.Objects;

namespace Midwatch.Systems.Tests;

/// <summary>Each system does what it is for, asked from within its cluster.</summary>
public sealed class SmokeTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    [Fact]
    public async Task Sentineltranslate_translates_a_text_and_a_table_of_its_object_store()
    {
        Repository.Needs("kubectl", "prometheus", "redis-server");
        await using var system = await SystemUnderTest.UpAsync("sentineltranslate");
        const string Ns = "sentineltranslate";
        await using var sidecar = await system.ForwardAsync(Ns, "svc/sentineltranslate-sidecar", 8080);
        await using var api = await system.ForwardAsync(Ns, "svc/sentineltranslate-api", 8090);
        await using var store = await system.ForwardAsync(Ns, "svc/sentineltranslate-objects", 9000);
        var text = JsonNode.Parse(await sidecar.PostAsync(
            "/translate", """{"text":"Bonjour","source_lang":"fr","target_lang":"en"}"""))!["job_id"]!;
        await SystemCalls.UntilAsync("the text is translated", async () =>
            (await sidecar.GetAsync($"/status/{text}")).Contains("\"result\":\"Hello\"", Exactly));

        using var http = new HttpClient { BaseAddress = store.Address };
        var objects = new ObjectClient(
            http, new AccessKey("batch-worker", "Lq7-patient-lantern-34", "us-east-1"), TimeProvider.System);
        var table = """
            {"id":1,"text":"Bonjour","note":"greeting"}
            {"id":2,"text":"Merci","note":"thanks"}
            """;
        var stop = TestContext.Current.CancellationToken;
        await objects.PutAsync("texts", "in/guests.jsonl", Encoding.UTF8.GetBytes(table), stop);
        Assert.Contains("text_column", await api.PostAsync(
            "/batch/translate", """{"s3_bucket":"texts","s3_key":"in/guests.jsonl"}"""), Exactly);
        var job = JsonNode.Parse(await api.PostAsync("/batch/translate", """
            {"s3_bucket":"texts","s3_key":"in/guests.jsonl","text_column":"text","source_lang":"fr",
             "output_s3_key":"out/guests.jsonl","id_column":"id"}
            """))!["job_id"]!;
        await SystemCalls.UntilAsync("the batch is translated", async () =>
            (await api.GetAsync($"/batch/status/{job}")).Contains("\"status\":\"SUCCESS\"", Exactly));
        var result = Encoding.UTF8.GetString(await objects.GetAsync("texts", "out/guests.jsonl", stop));
        Assert.Equal(
            """
            {"id":1,"translation":"Hello"}
            {"id":2,"translation":"Thank you"}

            """, result);
        var missing = JsonNode.Parse(await api.PostAsync("/batch/translate", """
            {"s3_bucket":"texts","s3_key":"nowhere","text_column":"text","source_lang":"fr"}
            """))!["job_id"]!;
        await SystemCalls.UntilAsync("a missing table is told", async () =>
            (await api.GetAsync($"/batch/status/{missing}")).Contains("404 NoSuchKey", Exactly));
    }

    [Fact]
    public async Task Nimify_predicts_records_and_works_off_a_batch_through_its_ingress()
    {
        Repository.Needs("kubectl", "prometheus", "psql");
        await using var system = await SystemUnderTest.UpAsync("nimify");
        const string Ns = "nimify-system";
        const string Predict = "http://nimify-api:8000/v1/predict";
        var refused = await system.CurlAsync(Ns, "nimify-api", Predict, """{"input":[1]}""");
        Assert.Contains("Expected [-1,3]", refused, Exactly);
        var answer = JsonNode.Parse(await system.CurlAsync(Ns, "nimify-api", Predict, """{"input":[1,2,3]}"""))!;
        Assert.Equal(1, answer["predictions"]![0]!.AsArray().Sum(value => (double)value!), precision: 6);
        var recorded = await system.ExecAsync(Ns, "nimify-api", "psql", "-At", "-h", "postgres", "-U", "nimify", "-c",
            $"SELECT rows FROM predictions WHERE request_id = '{answer["request_id"]}'");
        Assert.Equal("1", recorded.Trim());

        const string Outside = "http://nginx-ingress-controller.ingress-nginx";
        Assert.Contains("default backend", await system.CurlAsync(Ns, "nimify-api", Outside), Exactly);
        var queued = JsonNode.Parse(await system.ExecAsync(Ns, "nimify-api", "curl", "-s", "-H",
            "Host: nimify.example.com", "-d", """{"input":[[1,2,3],[4,5,6]]}""", $"{Outside}/v1/batch"))!;
        await SystemCalls.UntilAsync("the batch is done", async () => (await system.CurlAsync(
            Ns, "nimify-api", $"http://nimify-api:8000/v1/batch/{queued["id"]}"))
                .Contains("\"state\":\"done\"", Exactly));
        await system.SeesAllTargetsAsync(Ns, "nimify-api", "http://prometheus.monitoring:9090", 9);
    }

    [Fact]
    public async Task Mlops_predicts_by_the_registered_model_and_a_backup_brings_deleted_rows_back()
    {
        Repository.Needs("kubectl", "prometheus", "psql", "nc");
        await using var system = await SystemUnderTest.UpAsync("mlops");
        const string Ns = "mlops-platform";
        const string Leaving = """
            {"tenure_months":1,"monthly_charges":99,"total_charges":99,"num_support_tickets":6,
             "contract_type":"Month-to-month"}
            """;
        const string Predict = "http://churn-api:8000/api/v1/predict";
        const string Registered = "http://mlflow-server:5000/api/2.0/mlflow/registered-models/get-latest-versions"
            + "?name=churn-prediction-model";
        await SystemCalls.UntilAsync("the registered model is served", async () => (await system.CurlAsync(
            Ns, "churn-api", Predict, Leaving))
                .Contains("\"prediction\":1", Exactly));
        var never = Leaving.Replace("Month-to-month", "never", Exactly);
        Assert.Contains("one of Month-to-month", await system.CurlAsync(Ns, "churn-api", Predict, never), Exactly);

        await JobAsync(system, Ns, "postgres-backup", "before");
        await SqlAsync(system, "TRUNCATE metrics, params, runs CASCADE");
        Assert.Equal("0", await SqlAsync(system, "SELECT count(*) FROM runs"));
        await JobAsync(system, Ns, "postgres-restore", "after");
        Assert.Equal("1", await SqlAsync(system, "SELECT count(*) FROM runs"));
        Assert.Contains("\"current_stage\" : \"Production\"",
            await system.CurlAsync(Ns, "churn-api", Registered), Exactly);
        Assert.Contains("Churn API",
            await system.CurlAsync(Ns, "churn-api", "http://grafana:3000/api/search"), Exactly);
        await system.SeesAllTargetsAsync(Ns, "churn-api", "http://prometheus:9090", 6);
    }

    [Fact]
    public void The_dashboard_that_grafana_gets_is_the_one_in_the_repository()
    {
        var map = File.ReadAllText(ReferenceSystems.Folder("mlops", "manifests", "45-dashboards.yaml"));
        var file = File.ReadAllLines(ReferenceSystems.Folder("mlops", "dashboards", "churn.json"));
        Assert.EndsWith(string.Join('\n', file.Select(line => "    " + line)) + "\n", map, Exactly);
    }

    private static async Task JobAsync(SystemUnderTest system, string ns, string cronJob, string name)
    {
        await system.KubectlAsync("create", "job", $"--from=cronjob/{cronJob}", name, "-n", ns);
        await system.KubectlAsync("wait", "--for=condition=complete", $"job/{name}", "-n", ns, "--timeout=60s");
    }

    private static async Task<string> SqlAsync(SystemUnderTest system, string sql) => (await system.ExecAsync(
        "mlops-platform", "mlflow-server", "psql", "-At",
        "postgresql://mlflow:mlflow@postgres:5432/mlflow", "-c", sql)).Trim();
}
